package dev.bpg.junit5;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The class contexts around a context. */
final class TestClasses {

  private TestClasses() {}

  /** From the inside outwards, the one of the context's own class first. */
  static Stream<ExtensionContext> around(ExtensionContext context) {
    return Stream.iterate(
            Optional.of(context),
            Optional::isPresent,
            inner -> inner.flatMap(ExtensionContext::getParent))
        .flatMap(Optional::stream)
        .filter(TestClasses::isOfClass)
        .filter(inner -> inner.getParent().filter(outer -> isOfSameClass(inner, outer)).isEmpty());
  }

  private static boolean isOfClass(ExtensionContext context) {
    return context.getTestClass().isPresent() && context.getTestMethod().isEmpty();
  }

  // A class that runs several times, with other arguments, has a context for each time in one for
  // all of them.
  private static boolean isOfSameClass(ExtensionContext inner, ExtensionContext outer) {
    return isOfClass(outer) && inner.getTestClass().equals(outer.getTestClass());
  }
}
