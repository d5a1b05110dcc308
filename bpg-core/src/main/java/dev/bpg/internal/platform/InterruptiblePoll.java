package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * One {@code poll(2)} that ends when the thread is interrupted. The channel class is Java's public
 * hook for that: an interrupt closes the channel, and closing writes to an eventfd that is polled
 * too.
 */
final class InterruptiblePoll extends AbstractInterruptibleChannel {

  private static final int POLLFD_SIZE = 8;
  private static final int EVENTS_OFFSET = 4;
  private static final int REVENTS_OFFSET = 6;

  private final int wakeFd;

  private InterruptiblePoll() throws NativeException {
    try {
      wakeFd = ProcessCalls.eventfd(0, ProcessCalls.EFD_CLOEXEC | ProcessCalls.EFD_NONBLOCK);
    } catch (LastErrorException e) {
      throw Errno.failed("eventfd()", e);
    }
  }

  /**
   * Waits until one of the descriptors can be read.
   *
   * @param fds the descriptors; negative ones are ignored, as poll(2) does
   * @param deadlineNanos the end by {@link System#nanoTime()}
   * @return for each descriptor whether it can be read; all false when the time is over
   */
  static boolean[] poll(long deadlineNanos, int... fds)
      throws NativeException, InterruptedException {
    InterruptiblePoll channel = new InterruptiblePoll();
    boolean completed = false;
    try {
      channel.begin();
      boolean[] ready = channel.run(deadlineNanos, fds);
      completed = true;
      return ready;
    } finally {
      channel.finish(completed);
    }
  }

  // After end() no interrupting thread can be inside implCloseChannel(): both hold the thread's
  // own lock. So the descriptor can be closed.
  private void finish(boolean completed) throws InterruptedException {
    try {
      end(completed);
    } catch (AsynchronousCloseException e) {
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      FileCalls.close(wakeFd);
    }
  }

  private boolean[] run(long deadlineNanos, int... fds) throws NativeException {
    Memory pollFds = new Memory((fds.length + 1L) * POLLFD_SIZE);
    pollFds.clear();
    for (int i = 0; i <= fds.length; i++) {
      pollFds.setInt((long) i * POLLFD_SIZE, i < fds.length ? fds[i] : wakeFd);
      pollFds.setShort((long) i * POLLFD_SIZE + EVENTS_OFFSET, ProcessCalls.POLLIN);
    }
    pollUntil(deadlineNanos, pollFds, fds.length + 1);
    boolean[] ready = new boolean[fds.length];
    for (int i = 0; i < fds.length; i++) {
      ready[i] = pollFds.getShort((long) i * POLLFD_SIZE + REVENTS_OFFSET) != 0;
    }
    return ready;
  }

  private static void pollUntil(long deadlineNanos, Memory pollFds, int count)
      throws NativeException {
    while (true) {
      long left = Math.max(0, deadlineNanos - System.nanoTime());
      int millis = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
      try {
        if (ProcessCalls.poll(pollFds, count, millis) > 0
            || deadlineNanos - System.nanoTime() <= 0) {
          return;
        }
      } catch (LastErrorException e) {
        if (e.getErrorCode() != Errno.EINTR) {
          throw Errno.failed("poll()", e);
        }
      }
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    Memory one = new Memory(Long.BYTES);
    one.setLong(0, 1);
    ProcessCalls.write(wakeFd, one, Long.BYTES);
  }
}
