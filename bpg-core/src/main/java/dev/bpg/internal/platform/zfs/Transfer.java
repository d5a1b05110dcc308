package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.io.IOException;
import java.time.Duration;

/**
 * A stream between the kernel and Java, through a pipe: one thread is in the kernel's call, one
 * copies, and the caller waits for both. When one side ends, the pipe ends for the other, so that
 * neither waits for ever; when the caller is interrupted, both are told to end.
 */
final class Transfer {

  // A kernel that is asked to end does so at the next block, unless its pool is suspended.
  private static final Duration GRACE = Duration.ofSeconds(30);
  // The copying thread may be in a stream of the user's that never comes back.
  private static final Duration SHORT_GRACE = Duration.ofMillis(500);

  /** Which end of the pipe is ours. */
  enum Direction {
    FROM_KERNEL,
    TO_KERNEL
  }

  /** The kernel's side: a call that returns an error number. */
  interface KernelSide {
    int call(int fd) throws IOException;
  }

  /** Makes our side. */
  interface OurSide {
    Pump on(PipeEnd end);
  }

  private final Operation operation;
  private final PipeEnd ourEnd;
  private final TransferThread kernel;
  private final TransferThread pump;
  private int code;

  private Transfer(
      Operation operation, int kernelFd, PipeEnd ourEnd, KernelSide kernelSide, Pump ourSide) {
    this.operation = operation;
    this.ourEnd = ourEnd;
    this.kernel =
        new TransferThread(
            "bpg-zfs-stream",
            () -> code = kernelSide.call(kernelFd),
            () -> SystemCalls.close(kernelFd));
    this.pump = new TransferThread("bpg-zfs-copy", ourSide::run, ourEnd::close);
  }

  /**
   * Transfers one stream.
   *
   * @return the kernel's error number
   * @throws IOException what the user's stream threw
   * @throws ZfsException {@code CANCELLED} if the thread is interrupted; its status is then set
   */
  static int run(Operation operation, Direction direction, KernelSide kernelSide, OurSide ourSide)
      throws IOException {
    int[] fds = pipe(operation);
    boolean fromKernel = direction == Direction.FROM_KERNEL;
    int kernelFd = fds[fromKernel ? 1 : 0];
    PipeEnd ourEnd;
    try {
      ourEnd =
          fromKernel
              ? new PipeEnd(fds[0], SystemCalls.POLLIN)
              : new PipeEnd(fds[1], SystemCalls.POLLOUT);
    } catch (IOException e) {
      SystemCalls.close(kernelFd);
      throw e;
    }
    return new Transfer(operation, kernelFd, ourEnd, kernelSide, ourSide.on(ourEnd))
        .run(fromKernel);
  }

  private static int[] pipe(Operation operation) throws ZfsException {
    int[] fds = new int[2];
    try {
      SystemCalls.pipe2(fds, SystemCalls.O_CLOEXEC);
    } catch (LastErrorException e) {
      throw operation.failed(
          Kind.OTHER, e.getErrorCode(), "no pipe: " + ZfsCodes.text(e.getErrorCode()));
    }
    return fds;
  }

  private int run(boolean fromKernel) throws IOException {
    kernel.start();
    pump.start();
    try {
      kernel.await();
      if (fromKernel) {
        // What the kernel has written is in the pipe yet.
        pump.await();
      }
    } catch (InterruptedException e) {
      cancel(fromKernel);
    }
    ourEnd.close();
    if (!pump.awaitUninterruptibly(SHORT_GRACE)) {
      pump.interrupt();
    }
    return outcome();
  }

  private void cancel(boolean fromKernel) throws ZfsException {
    ourEnd.close();
    pump.interrupt();
    boolean ended = kernel.awaitUninterruptibly(GRACE);
    Thread.currentThread().interrupt();
    if (!ended) {
      throw operation.failed(
          Kind.OUTCOME_UNKNOWN,
          0,
          "it was interrupted, and the kernel has not ended it within "
              + GRACE.toSeconds()
              + " s, so the outcome is unknown");
    }
    // A stream that was complete at that moment has been received all the same.
    boolean complete = code == 0 && (!fromKernel || pump.hasSucceeded(SHORT_GRACE));
    if (kernel.failure() == null && !complete) {
      throw operation.failed(Kind.CANCELLED, code, "it was interrupted");
    }
  }

  private int outcome() throws IOException {
    if (kernel.failure() != null) {
      throw kernel.rethrow();
    }
    Throwable copying = pump.failure();
    if (copying != null && !(copying instanceof PipeEnd.Ended)) {
      if (code != 0) {
        copying.addSuppressed(operation.failed(code));
      }
      throw pump.rethrow();
    }
    return code;
  }
}
