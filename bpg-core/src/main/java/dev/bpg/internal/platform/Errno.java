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

  /** Input/output error. */
  public static final int EIO = 5;

  /** No such device or address; from lseek, that there is no data. */
  public static final int ENXIO = 6;

  /** Exec format error. */
  public static final int ENOEXEC = 8;

  /** Bad file descriptor. */
  public static final int EBADF = 9;

  /** No child processes. */
  public static final int ECHILD = 10;

  /** Resource temporarily unavailable; the same number as EWOULDBLOCK. */
  public static final int EAGAIN = 11;

  /** Cannot allocate memory. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Bad address. */
  public static final int EFAULT = 14;

  /** Device or resource busy. */
  public static final int EBUSY = 16;

  /** File exists. */
  public static final int EEXIST = 17;

  /** Invalid cross-device link. */
  public static final int EXDEV = 18;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Not a directory. */
  public static final int ENOTDIR = 20;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Inappropriate ioctl for device. */
  public static final int ENOTTY = 25;

  /** Text file busy. */
  public static final int ETXTBSY = 26;

  /** No space left on device. */
  public static final int ENOSPC = 28;

  /** Read-only file system. */
  public static final int EROFS = 30;

  /** Broken pipe. */
  public static final int EPIPE = 32;

  /** Numerical result out of range. */
  public static final int ERANGE = 34;

  /** File name too long. */
  public static final int ENAMETOOLONG = 36;

  /** Function not implemented. */
  public static final int ENOSYS = 38;

  /** Invalid exchange; from ZFS, a checksum that is wrong. */
  public static final int EBADE = 52;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  /** Disk quota exceeded. */
  public static final int EDQUOT = 122;

  /** Operation canceled. */
  public static final int ECANCELED = 125;

  private Errno() {}

  static NativeException failed(String call, LastErrorException e) {
    return failed(call, e.getErrorCode());
  }

  static NativeException failed(String call, int errno) {
    return new NativeException(call, errno, StringError.strerror(errno));
  }

  /** What the C library says of an error number. */
  public static String text(int errno) {
    return StringError.strerror(errno);
  }

  private static final class StringError {
    static {
      Native.register(StringError.class, (String) null);
    }

    // glibc and musl return a pointer to a constant text for every number that exists.
    static native String strerror(int errno);
  }
}
