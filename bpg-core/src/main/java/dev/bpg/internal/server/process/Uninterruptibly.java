package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.RunningProcess;
import java.io.IOException;
import java.time.Duration;

/** Waiting that an interrupt does not end, for cleaning up after one. */
final class Uninterruptibly {

  private Uninterruptibly() {}

  /** Waits for the end of a process; an interrupt meanwhile is kept for afterwards. */
  static boolean awaitExit(RunningProcess process, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return process.awaitExit(Duration.ofNanos(deadline - System.nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
