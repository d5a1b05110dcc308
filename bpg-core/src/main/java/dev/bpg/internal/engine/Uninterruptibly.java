package dev.bpg.internal.engine;

import java.io.IOException;

/** Completes what must not be left half done because somebody interrupts the thread. */
final class Uninterruptibly {

  private Uninterruptibly() {}

  /**
   * Runs something that can be repeated, a second time if an interrupt made it fail. The thread's
   * interrupt status is kept for afterwards.
   */
  static <T> T call(Attempt.Action<T> action) throws IOException, InterruptedException {
    // A status that is still set would make every file operation fail.
    boolean interrupted = Thread.interrupted();
    try {
      return action.run();
    } catch (InterruptedException e) {
      interrupted = true;
      return again(action, e);
    } catch (IOException | RuntimeException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
      interrupted = true;
      return again(action, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T again(Attempt.Action<T> action, Exception first)
      throws IOException, InterruptedException {
    try {
      return action.run();
    } catch (IOException | InterruptedException | RuntimeException e) {
      e.addSuppressed(first);
      throw e;
    }
  }
}
