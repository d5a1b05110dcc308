package dev.bpg.junit5;

/** Whether a test class's branch is kept when its tests are over. */
public enum KeepBranch {
  /** As the configuration parameter {@code bpg.junit.keep} says; never if it is not set. */
  DEFAULT,

  /** The branch is deleted. */
  NEVER,

  /**
   * If a test of the class or of its nested classes fails, or anything around them does, the branch
   * is kept; else it is deleted.
   */
  ON_FAILURE,

  /** The branch is kept. */
  ALWAYS
}
