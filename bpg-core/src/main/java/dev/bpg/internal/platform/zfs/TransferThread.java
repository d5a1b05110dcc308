package dev.bpg.internal.platform.zfs;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the two threads of a transfer. */
final class TransferThread {

  /** What it does. */
  interface Body {
    void run() throws IOException;
  }

  private final Thread thread;
  private final Runnable end;
  private volatile @Nullable Throwable failure;

  /**
   * Makes one.
   *
   * @param end what it does in the end, whatever happened
   */
  TransferThread(String name, Body body, Runnable end) {
    this.end = end;
    thread = new Thread(() -> run(body), name);
    thread.setDaemon(true);
  }

  private void run(Body body) {
    try {
      body.run();
    } catch (Throwable e) {
      // For the thread that waits, whatever it is.
      failure = e;
    } finally {
      end.run();
    }
  }

  void start() {
    try {
      thread.start();
    } catch (Throwable e) {
      // There is no memory for one more thread.
      failure = e;
      end.run();
    }
  }

  void interrupt() {
    thread.interrupt();
  }

  void await() throws InterruptedException {
    thread.join();
  }

  /** Whether it has ended within a time; an interruption is kept for later. */
  boolean awaitUninterruptibly(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    while (thread.isAlive()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        break;
      }
      try {
        thread.join(millis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** Whether it has ended within a time, and well. */
  boolean hasSucceeded(Duration time) {
    return awaitUninterruptibly(time) && failure == null;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  IOException rethrow() throws IOException {
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
    throw (IOException) thrown;
  }
}
