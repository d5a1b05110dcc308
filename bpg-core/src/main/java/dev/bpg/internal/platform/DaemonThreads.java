package dev.bpg.internal.platform;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no JVM alive. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** Makes threads that are called by a prefix and a number. */
  public static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Waits until all that an executor was given is done. If this thread is interrupted meanwhile,
   * what is under way is told, and what has not begun is dropped.
   *
   * @return whether it was interrupted; its status is not set
   */
  public static boolean awaitEnd(ExecutorService executor) {
    boolean interrupted = false;
    while (true) {
      try {
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        executor.shutdownNow();
      }
    }
  }
}
