package dev.bpg.error;

import java.io.IOException;

/** A system call that failed; the cause at the bottom of a {@link BpgException}. */
public final class NativeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * Creates the error.
   *
   * @param call the C function and its arguments as text, such as {@code ioctl(FICLONE, a, b)}
   * @param errno the error number it left
   * @param text what {@code strerror} says of that number
   */
  public NativeException(String call, int errno, String text) {
    super(call + ": " + text + " (errno " + errno + ")");
    this.errno = errno;
  }

  /** The error number, as in {@code errno(3)}. */
  public int errno() {
    return errno;
  }
}
