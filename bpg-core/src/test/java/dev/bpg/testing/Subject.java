package dev.bpg.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The storage or server that the tests of a class are about: a column of {@code
 * docs/capabilities.md}. Classes that run once for each {@link TestStorage} do without.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subject {

  /** Its name in the configuration. */
  String value();
}
