package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.bpg.error.NativeException;

/**
 * Something that one thread rings and another, waiting for events of the system, hears; see {@link
 * FolderWatch#await(Alarm, long)}. Once rung it stays so. Safe for use by several threads.
 */
public final class Alarm implements AutoCloseable {

  private final int fd;
  private boolean closed;

  private Alarm(int fd) {
    this.fd = fd;
  }

  /** A new one. */
  public static Alarm open() throws NativeException {
    try {
      return new Alarm(
          ProcessCalls.eventfd(0, ProcessCalls.EFD_CLOEXEC | ProcessCalls.EFD_NONBLOCK));
    } catch (LastErrorException e) {
      throw Errno.failed("eventfd()", e);
    }
  }

  int fd() {
    return fd;
  }

  /** Wakes whoever waits, now or later; does nothing once this is closed. */
  public synchronized void ring() throws NativeException {
    if (closed) {
      return;
    }
    Memory one = new Memory(Long.BYTES);
    one.setLong(0, 1);
    try {
      ProcessCalls.write(fd, one, Long.BYTES);
    } catch (LastErrorException e) {
      throw Errno.failed("write(eventfd)", e);
    }
  }

  /** Nobody may wait any more. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      FileCalls.close(fd);
    }
  }
}
