package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The annotations of classes and methods, with what they ask for. Read once, because JUnit's
 * callbacks ask several times for each test. Thread-safe.
 */
final class DeclaredDatabases {

  private static final ClassValue<DeclaredDatabases> ALL =
      new ClassValue<>() {
        @Override
        protected DeclaredDatabases computeValue(Class<?> type) {
          return new DeclaredDatabases(asked(annotations(type)));
        }
      };

  private final List<Asked> ofClass;
  private final Map<Method, List<Asked>> ofMethods = new ConcurrentHashMap<>();

  private DeclaredDatabases(List<Asked> ofClass) {
    this.ofClass = ofClass;
  }

  /**
   * One of them.
   *
   * @param annotation the annotation
   * @param spec what it asks for
   */
  record Asked(BranchedDatabase annotation, BranchSpec spec) {}

  /**
   * All of a class, inherited ones included. One that a class has itself takes the place of one
   * that it inherits under the same name.
   *
   * @throws RefusedException if two of one class have the same name, or one asks for what cannot be
   */
  static List<Asked> of(Class<?> testClass) {
    return ALL.get(testClass).ofClass;
  }

  /**
   * All of a method.
   *
   * @param testClass the class that it runs in
   * @throws RefusedException if one asks for what cannot be
   */
  static List<Asked> of(Class<?> testClass, Method method) {
    return ALL.get(testClass)
        .ofMethods
        .computeIfAbsent(
            method,
            key -> asked(AnnotationSupport.findRepeatableAnnotations(key, BranchedDatabase.class)));
  }

  private static List<Asked> asked(List<BranchedDatabase> annotations) {
    return annotations.stream()
        .map(annotation -> new Asked(annotation, BranchSpec.of(annotation)))
        .toList();
  }

  private static List<BranchedDatabase> annotations(Class<?> testClass) {
    List<BranchedDatabase> all =
        AnnotationSupport.findRepeatableAnnotations(testClass, BranchedDatabase.class);
    if (all.size() < 2) {
      return all;
    }
    List<BranchedDatabase> inherited =
        testClass.getSuperclass() == null ? List.of() : annotations(testClass.getSuperclass());
    List<BranchedDatabase> own = new ArrayList<>(all);
    own.removeAll(inherited);
    refuseTwice(testClass, own);
    inherited.stream()
        .filter(asked -> own.stream().noneMatch(o -> o.name().equals(asked.name())))
        .forEach(own::add);
    return own;
  }

  private static void refuseTwice(Class<?> testClass, List<BranchedDatabase> own) {
    Set<String> names = new HashSet<>();
    for (BranchedDatabase asked : own) {
      if (!names.add(asked.name())) {
        throw new RefusedException(
            "give several databases to",
            testClass.getName(),
            asked.name().isEmpty()
                ? "two of them have no name"
                : "two of them are called " + asked.name(),
            "give each @BranchedDatabase a name of its own");
      }
    }
  }
}
