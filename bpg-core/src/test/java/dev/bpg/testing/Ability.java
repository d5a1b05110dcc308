package dev.bpg.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test shows that a storage or a server can do: a row of {@code docs/capabilities.md}. On a
 * class it is of the tests that the class itself declares, in whichever subclass they run, and of
 * those that it inherits.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Ability {

  /** The row, in the words of users. */
  String value();
}
