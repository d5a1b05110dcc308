package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call into the kernel, its result, and whether anybody still waits for it. */
final class KernelCall<T> implements Runnable {

  /** A result that must not be lost when nobody waits for it any more. */
  interface Discardable {
    void discard();
  }

  private enum State {
    WAITING,
    RUNNING,
    ENDED,
    ABANDONED
  }

  private final KernelCalls.Body<T> body;
  private State state = State.WAITING;
  private boolean begun;
  private @Nullable T result;
  private @Nullable Throwable failure;

  KernelCall(KernelCalls.Body<T> body) {
    this.body = body;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    T value = null;
    Throwable thrown = null;
    try {
      value = body.run();
    } catch (Throwable e) {
      // For the waiting thread, whatever it is.
      thrown = e;
    }
    if (!end(value, thrown) && value instanceof Discardable unclaimed) {
      unclaimed.discard();
    }
  }

  private synchronized boolean begin() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.RUNNING;
    begun = true;
    return true;
  }

  private synchronized boolean end(@Nullable T value, @Nullable Throwable thrown) {
    if (state == State.ABANDONED) {
      return false;
    }
    state = State.ENDED;
    result = value;
    failure = thrown;
    notifyAll();
    return true;
  }

  /** Waits; false if the time is over, and then a result that comes yet is closed. */
  synchronized boolean await(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (state != State.ENDED) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        state = State.ABANDONED;
        break;
      }
      try {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return state == State.ENDED;
  }

  synchronized boolean isBegun() {
    return begun;
  }

  synchronized T result(Operation operation) throws ZfsException {
    if (failure instanceof ZfsException e) {
      throw e;
    } else if (failure instanceof NativeException e) {
      throw new ZfsException(
          operation,
          ZfsException.Kind.OTHER,
          ZfsCodes.text(e.errno()),
          null,
          e.errno(),
          Map.of(),
          e);
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
    return Objects.requireNonNull(result);
  }
}
