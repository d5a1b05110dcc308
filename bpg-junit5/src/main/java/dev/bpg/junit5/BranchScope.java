package dev.bpg.junit5;

/** How long a branch lives, and so which tests share it. */
public enum BranchScope {
  /** As the configuration parameter {@code bpg.junit.scope} says; {@link #CLASS} if not set. */
  DEFAULT,

  /** All tests of a class, with those of its nested classes, share one. */
  CLASS,

  /**
   * Each test has its own: each test method, each invocation of a parameterized or repeated one.
   * The dynamic tests of one {@code @TestFactory} share one.
   */
  METHOD,

  /** All tests of the run that ask for the same share one, whatever their class. */
  SESSION
}
