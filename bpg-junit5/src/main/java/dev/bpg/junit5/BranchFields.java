package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Sets the marked fields of a test class. */
final class BranchFields {

  private BranchFields() {}

  /**
   * Sets the static fields of a class, or the fields of an instance, inherited ones included.
   *
   * @param value gives the value for a field; empty to leave it as it is
   * @throws RefusedException if a marked field is final or not of a type that a branch has
   */
  static void set(
      Class<?> testClass, @Nullable Object instance, Function<Field, Optional<Object>> value) {
    for (Field field : find(testClass, instance == null)) {
      check(field);
      try {
        Optional<Object> set = value.apply(field);
        if (set.isPresent()) {
          field.setAccessible(true);
          field.set(instance, set.get());
        }
      } catch (IllegalAccessException e) {
        throw closed(field, e);
      }
    }
  }

  /**
   * Checks that the marked fields of an instance and of its class have a value.
   *
   * @throws RefusedException if one has none
   */
  static void requireSet(Class<?> testClass, Object instance) {
    Stream.concat(find(testClass, true).stream(), find(testClass, false).stream())
        .filter(field -> !isSet(field, instance))
        .findFirst()
        .ifPresent(
            field -> {
              throw refused(
                  field,
                  "no database is declared for its class",
                  "annotate the class with @BranchedDatabase, or register a BranchExtension");
            });
  }

  private static boolean isSet(Field field, Object instance) {
    try {
      field.setAccessible(true);
      return field.get(instance) != null;
    } catch (IllegalAccessException e) {
      throw closed(field, e);
    }
  }

  /** The name of the database that a field or parameter asks for; empty if it names none. */
  static String databaseName(AnnotatedElement where) {
    return AnnotationSupport.findAnnotation(where, FromBranch.class)
        .map(FromBranch::value)
        .or(() -> AnnotationSupport.findAnnotation(where, BranchUrl.class).map(BranchUrl::value))
        .orElse("");
  }

  private static List<Field> find(Class<?> testClass, boolean isStatic) {
    Predicate<Field> wanted = field -> Modifier.isStatic(field.getModifiers()) == isStatic;
    return Stream.concat(
            AnnotationSupport.findAnnotatedFields(testClass, FromBranch.class, wanted).stream(),
            AnnotationSupport.findAnnotatedFields(testClass, BranchUrl.class, wanted).stream())
        .toList();
  }

  private static void check(Field field) {
    if (Modifier.isFinal(field.getModifiers())) {
      throw refused(field, "it is final", "make it not final");
    }
    boolean url = AnnotationSupport.isAnnotated(field, BranchUrl.class);
    if (url && field.getType() != String.class) {
      throw refused(field, "the URL is a String", "make it a String, or mark it @FromBranch");
    }
    if (!url && !BranchValues.TYPES.contains(field.getType())) {
      throw refused(
          field,
          "a branch has no value of type " + field.getType().getName(),
          "make it a Branch, a DataSource or a Connection, or mark a String @BranchUrl");
    }
  }

  private static RefusedException closed(Field field, IllegalAccessException cause) {
    return refused(field, cause.toString(), "open its package to dev.bpg.junit5");
  }

  private static RefusedException refused(Field field, String reason, String hint) {
    return new RefusedException(
        "set the field", field.getDeclaringClass().getName() + "." + field.getName(), reason, hint);
  }
}
