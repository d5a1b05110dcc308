package dev.bpg.junit5;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.opentest4j.TestAbortedException;

/** What counts as a failure. */
final class Failures {

  private Failures() {}

  /** Whether a context has failed by itself, as opposed to been aborted. */
  static boolean isFailed(ExtensionContext context) {
    return context.getExecutionException().filter(Failures::isFailure).isPresent();
  }

  static boolean isFailure(Throwable thrown) {
    return !(thrown instanceof TestAbortedException);
  }

  /**
   * Calls back when a class's store closes and the class has failed by then, in a
   * {@code @BeforeAll} method for example, which no test watcher hears of.
   */
  @SuppressWarnings("deprecation") // As in TestBranch.
  record AtClose(ExtensionContext context, Runnable action)
      implements Store.CloseableResource, AutoCloseable {

    @Override
    public void close() {
      if (isFailed(context)) {
        action.run();
      }
    }
  }
}
