package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import java.io.IOException;

/**
 * Our end of a pipe whose other end is the kernel's. One thread at a time reads or writes; any
 * other may close it meanwhile, which ends a call that waits, with a {@link Ended}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
final class PipeEnd implements AutoCloseable {

  /** The pipe is closed, at this end or the other; the transfer's outcome says why. */
  static final class Ended extends IOException {

    private static final long serialVersionUID = 1L;

    Ended(String message) {
      super(message);
    }
  }

  private static final int POLLFD_SIZE = 8;
  private static final int EVENTS_OFFSET = 4;
  private static final int WAIT_FOR_EVER = -1;

  private final int fd;
  private final short events;
  private final int wakeFd;
  private boolean busy;
  private boolean closed;

  /**
   * Takes over a descriptor and makes it one that does not block; closes it if that fails.
   *
   * @param events what to wait for: {@code POLLIN} or {@code POLLOUT}
   */
  PipeEnd(int fd, short events) throws NativeException {
    this.fd = fd;
    this.events = events;
    try {
      SystemCalls.fcntl(fd, SystemCalls.F_SETFL, SystemCalls.O_NONBLOCK);
      wakeFd = SystemCalls.eventfd(0, SystemCalls.EFD_CLOEXEC | SystemCalls.EFD_NONBLOCK);
    } catch (LastErrorException e) {
      SystemCalls.close(fd);
      throw ZfsCodes.failed("eventfd()", e.getErrorCode());
    }
  }

  private interface Call {
    long run() throws LastErrorException;
  }

  /**
   * Reads what is there, waiting for some.
   *
   * @return how many bytes; 0 at the end
   */
  int read(Memory buffer) throws IOException {
    return (int) whenReady(() -> SystemCalls.read(fd, buffer, buffer.size()));
  }

  /** Writes all of it, waiting for space. */
  void write(Pointer buffer, int count) throws IOException {
    int written = 0;
    while (written < count) {
      int from = written;
      written += (int) whenReady(() -> SystemCalls.write(fd, buffer.share(from), count - from));
    }
  }

  private long whenReady(Call call) throws IOException {
    begin();
    try (Memory fds = new Memory(2 * POLLFD_SIZE)) {
      while (true) {
        try {
          poll(fds);
          if (isClosed()) {
            throw new Ended("the pipe is closed");
          }
          return call.run();
        } catch (LastErrorException e) {
          int code = e.getErrorCode();
          if (code == Errno.EPIPE) {
            throw new Ended("the kernel reads no more");
          } else if (code != Errno.EAGAIN && code != Errno.EINTR) {
            throw ZfsCodes.failed("pipe", code);
          }
        }
      }
    } finally {
      end();
    }
  }

  private void poll(Memory fds) {
    fds.clear();
    fds.setInt(0, fd);
    fds.setShort(EVENTS_OFFSET, events);
    fds.setInt(POLLFD_SIZE, wakeFd);
    fds.setShort(POLLFD_SIZE + EVENTS_OFFSET, SystemCalls.POLLIN);
    SystemCalls.poll(fds, 2, WAIT_FOR_EVER);
  }

  private synchronized void begin() throws Ended {
    if (closed) {
      throw new Ended("the pipe is closed");
    }
    busy = true;
  }

  private synchronized void end() {
    busy = false;
    if (closed) {
      closeDescriptors();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  // A descriptor is not closed while it is waited for: its number could become another file's.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (busy) {
      wake();
    } else {
      closeDescriptors();
    }
  }

  private void wake() {
    try (Memory one = new Memory(Long.BYTES)) {
      one.setLong(0, 1);
      SystemCalls.write(wakeFd, one, Long.BYTES);
    }
  }

  private void closeDescriptors() {
    SystemCalls.close(fd);
    SystemCalls.close(wakeFd);
  }
}
