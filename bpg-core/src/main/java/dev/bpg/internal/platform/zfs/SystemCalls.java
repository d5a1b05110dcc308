package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library; see section 2 of the Linux manual. Each declared with {@link
 * LastErrorException} throws it when it returns -1. The constants are those of x86-64 and arm64
 * alike.
 */
final class SystemCalls {

  static final int O_RDWR = 2;
  static final int O_EXCL = 0200;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;

  static final long MS_NOSUID = 2;
  static final long MS_NODEV = 4;
  static final long MS_NOATIME = 1024;

  static final int UMOUNT_NOFOLLOW = 8;

  static final int F_SETFL = 4;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final int EFD_CLOEXEC = 02000000;
  static final int EFD_NONBLOCK = 04000;

  // Paths as Java itself encodes them, which is not always the default encoding.
  private static final String PATH_ENCODING =
      System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());

  static {
    Native.register(
        SystemCalls.class,
        NativeLibrary.getInstance(null, Map.of(Library.OPTION_STRING_ENCODING, PATH_ENCODING)));
  }

  private SystemCalls() {}

  static native int open(String path, int flags) throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

  static native int mount(
      String source, String target, String type, long flags, @Nullable String data)
      throws LastErrorException;

  static native int umount2(String target, int flags) throws LastErrorException;

  static native int pipe2(int[] fds, int flags) throws LastErrorException;

  static native int fcntl(int fd, int command, int argument) throws LastErrorException;

  static native int eventfd(int initial, int flags) throws LastErrorException;

  static native int poll(Pointer fds, long count, int timeoutMillis) throws LastErrorException;

  static native long read(int fd, Pointer buffer, long size) throws LastErrorException;

  static native long write(int fd, Pointer buffer, long size) throws LastErrorException;
}
