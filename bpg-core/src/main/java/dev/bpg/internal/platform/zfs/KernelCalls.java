package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs calls that the kernel may not come back from, as long as a pool is suspended, on threads of
 * their own, and waits for a limited time. Safe for use by several threads.
 *
 * <p>A call must own all native memory that it uses: it may go on when nobody waits any more.
 */
final class KernelCalls {

  // Calls on different datasets share one transaction group, so they have to run at once.
  private static final int THREADS = 64;
  private static final int IDLE_SECONDS = 10;

  private final Duration timeout;
  private final ThreadPoolExecutor threads;

  KernelCalls(Duration timeout) {
    this(timeout, newThreads());
  }

  private KernelCalls(Duration timeout, ThreadPoolExecutor threads) {
    this.timeout = timeout;
    this.threads = threads;
  }

  private static ThreadPoolExecutor newThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            body -> {
              Thread thread = new Thread(body, "bpg-zfs");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The same threads and another limit. */
  KernelCalls withTimeout(Duration other) {
    return new KernelCalls(other, threads);
  }

  Duration timeout() {
    return timeout;
  }

  /** A call with a result. */
  interface Body<T> {
    T run() throws ZfsException, NativeException;
  }

  /** A call without one. */
  interface Action {
    void run() throws ZfsException, NativeException;
  }

  /**
   * Runs a call. An interruption of the waiting thread is kept for later: the call cannot be taken
   * back, and its outcome matters.
   *
   * @throws ZfsException what the call throws; {@code OUTCOME_UNKNOWN} if it has not ended in time
   */
  <T> T call(Operation operation, Body<T> body) throws ZfsException {
    KernelCall<T> call = new KernelCall<>(body);
    threads.execute(call);
    if (!call.await(timeout)) {
      throw call.isBegun() ? unknown(operation) : notBegun(operation);
    }
    return call.result(operation);
  }

  void run(Operation operation, Action action) throws ZfsException {
    call(
        operation,
        () -> {
          action.run();
          return true;
        });
  }

  private ZfsException unknown(Operation operation) {
    return operation.failed(
        Kind.OUTCOME_UNKNOWN,
        0,
        "the kernel has not answered within "
            + timeout.toSeconds()
            + " s; it may do it yet, so the outcome is unknown");
  }

  private ZfsException notBegun(Operation operation) {
    return operation.failed(
        Kind.NOT_BEGUN,
        0,
        "it was not begun, for " + THREADS + " other calls wait for the kernel's answer");
  }
}
