package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
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
   * @param value gives the value for a type
   * @throws RefusedException if a marked field is final or not of a type that a branch has
   */
  static void set(Class<?> testClass, @Nullable Object instance, Function<Class<?>, Object> value) {
    for (Field field : find(testClass, instance == null)) {
      check(field);
      try {
        field.setAccessible(true);
        field.set(instance, value.apply(field.getType()));
      } catch (IllegalAccessException e) {
        throw refused(field, e.toString(), "open its package to dev.bpg.junit5");
      }
    }
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

  private static RefusedException refused(Field field, String reason, String hint) {
    return new RefusedException(
        "set the field", field.getDeclaringClass().getName() + "." + field.getName(), reason, hint);
  }
}
