package dev.bpg.internal.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What another thread does, which can be interrupted while it does that and not when it does
 * something else again. Unlike that of a cancelled future, its end can still be waited for. Safe
 * for use by several threads.
 */
final class StoppableCall<T> implements Callable<T> {

  private final Callable<T> call;
  private @Nullable Thread worker;
  private boolean isStopped;

  StoppableCall(Callable<T> call) {
    this.call = call;
  }

  /** {@inheritDoc} To be called once. */
  @Override
  public T call() throws Exception {
    begin();
    try {
      return call.call();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (isStopped) {
      throw new CancellationException("nobody waits for it any more");
    }
    worker = Thread.currentThread();
  }

  private synchronized void end() {
    worker = null;
    if (isStopped) {
      // Whatever the thread does next is not meant.
      Thread.interrupted();
    }
  }

  /** Interrupts it if it runs, and keeps it from beginning if it does not yet. */
  synchronized void stop() {
    isStopped = true;
    if (worker != null) {
      worker.interrupt();
    }
  }
}
