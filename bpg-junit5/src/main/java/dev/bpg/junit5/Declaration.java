package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database that tests are to have, and where that is said.
 *
 * @param name what tells it from others; empty for the one without a name
 * @param owner the context of the class or the test method that says it
 * @param key by what its branch is found in the stores
 * @param scope which tests share a branch; never the default
 * @param spec what is asked for
 */
record Declaration(
    String name, ExtensionContext owner, Object key, BranchScope scope, BranchSpec spec) {

  /** Whether its branch can be opened for a context: one of each test needs a test. */
  boolean belongsTo(ExtensionContext context) {
    return scope != BranchScope.METHOD || context.getTestMethod().isPresent();
  }

  /**
   * The context with which its branch is closed.
   *
   * @param context the one that it is needed for
   * @throws RefusedException if each test has its own and this is no test
   */
  ExtensionContext home(ExtensionContext context) {
    if (!belongsTo(context)) {
      throw new RefusedException(
          "use a branch of " + spec.source() + " in",
          context.getRequiredTestClass().getName(),
          "each test has one of its own, and this is for all of them",
          "take it in the test or in @BeforeEach, or give it the scope CLASS");
    }
    return switch (scope) {
      case SESSION -> context.getRoot();
      case METHOD -> context;
      case CLASS, DEFAULT -> owner;
    };
  }
}
