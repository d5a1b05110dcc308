package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.bpg.error.NativeException;

/** Error numbers of Linux, the same on every architecture that Java runs on, and their texts. */
public final class Errno {

  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** No such process. */
  public static final int ESRCH = 3;

  /** Interrupted system call. */
  public static final int EINTR = 4;

  /** Exec format error. */
  public static final int ENOEXEC = 8;

  /** No child processes. */
  public static final int ECHILD = 10;

  /** No such device or address; from lseek, that there is no data. */
  public static final int ENXIO = 6;

  /** Resource temporarily unavailable; the same number as EWOULDBLOCK. */
  public static final int EAGAIN = 11;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** File exists. */
  public static final int EEXIST = 17;

  /** Invalid cross-device link. */
  public static final int EXDEV = 18;

  /** Not a directory. */
  public static final int ENOTDIR = 20;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Inappropriate ioctl for device. */
  public static final int ENOTTY = 25;

  /** No space left on device. */
  public static final int ENOSPC = 28;

  /** Read-only file system. */
  public static final int EROFS = 30;

  /** Function not implemented. */
  public static final int ENOSYS = 38;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  /** Disk quota exceeded. */
  public static final int EDQUOT = 122;

  private Errno() {}

  static NativeException failed(String call, LastErrorException e) {
    return failed(call, e.getErrorCode());
  }

  static NativeException failed(String call, int errno) {
    return new NativeException(call, errno, StringError.strerror(errno));
  }

  private static final class StringError {
    static {
      Native.register(StringError.class, (String) null);
    }

    // glibc and musl return a pointer to a constant text for every number that exists.
    static native String strerror(int errno);
  }
}
