package dev.bpg.junit5;

import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * How many branches of one test run live at once. JUnit's pool does not bound them: while one of
 * its threads waits for the tests of a class, another one begins the next class. Thread-safe.
 */
final class BranchBound {

  private final int bound;
  private final Duration timeout;
  private final Semaphore free;

  private BranchBound(RunParameters parameters) {
    this.bound = parameters.maxBranches();
    this.timeout = parameters.maxBranchesTimeout();
    this.free = new Semaphore(bound, true);
  }

  /** The one of a context's run. */
  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  static BranchBound of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(BranchBound.class))
        .getOrComputeIfAbsent(
            BranchBound.class,
            key -> new BranchBound(new RunParameters(context)),
            BranchBound.class);
  }

  /**
   * Waits until one more branch may live.
   *
   * @throws BusyException if none may within the time-out
   * @throws CancelledException if the thread is interrupted
   */
  Permit acquire(String testClass) {
    try {
      if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new BusyException(
            "open a branch for",
            testClass,
            bound + " branches are open, no more may be, and none was closed within " + timeout,
            "raise the configuration parameter " + RunParameters.MAX_BRANCHES);
      }
      return new Permit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "open a branch for",
          testClass,
          "the thread was interrupted",
          "run the test again if it is still wanted",
          e);
    }
  }

  /** The right to one branch. */
  final class Permit {
    private final AtomicBoolean held = new AtomicBoolean(true);

    /** Gives it back; a second call does nothing. */
    void release() {
      if (held.compareAndSet(true, false)) {
        free.release();
      }
    }
  }
}
