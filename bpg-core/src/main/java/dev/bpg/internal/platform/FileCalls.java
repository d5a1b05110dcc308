package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Functions of the C library that work on files; see section 2 of the Linux manual. Each throws
 * {@link LastErrorException} when it returns -1. Variadic functions are declared with the arguments
 * used here, which is the same call on x86-64 and arm64 Linux.
 */
final class FileCalls {

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_APPEND = 02000;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;

  static final int LOCK_SH = 1;
  static final int LOCK_EX = 2;
  static final int LOCK_NB = 4;

  // Paths as Java itself encodes them, which is not always the default encoding.
  private static final String PATH_ENCODING =
      System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());

  static {
    Native.register(
        FileCalls.class,
        NativeLibrary.getInstance(null, Map.of(Library.OPTION_STRING_ENCODING, PATH_ENCODING)));
  }

  private FileCalls() {}

  static native int open(String path, int flags, int mode) throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int flock(int fd, int operation) throws LastErrorException;

  static native int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

  static native int ioctl(int fd, long request, long argument) throws LastErrorException;

  static native int ioctl(int fd, long request, byte[] argument) throws LastErrorException;

  static native int syncfs(int fd) throws LastErrorException;
}
