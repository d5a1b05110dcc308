package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/**
 * Functions of the C library that make files and read and write their attributes and content; see
 * section 2 of the Linux manual. Each that can fail throws {@link LastErrorException}.
 */
final class InodeCalls {

  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int STATX_BASIC_STATS = 0x7ff;

  static {
    Native.register(InodeCalls.class, (String) null);
  }

  private InodeCalls() {}

  static native int geteuid();

  // statx(2) rather than stat(2): its structure is the same on every architecture.
  static native int statx(int dirfd, String path, int flags, int mask, byte[] result)
      throws LastErrorException;

  static native int mkdir(String path, int mode) throws LastErrorException;

  static native int chmod(String path, int mode) throws LastErrorException;

  static native int lchown(String path, int uid, int gid) throws LastErrorException;

  static native int symlink(String target, String path) throws LastErrorException;

  static native int fchmod(int fd, int mode) throws LastErrorException;

  static native int fchown(int fd, int uid, int gid) throws LastErrorException;

  static native long sendfile(int out, int in, long[] offset, long count) throws LastErrorException;

  static native long lseek(int fd, long offset, int whence) throws LastErrorException;

  static native long pread(int fd, byte[] buffer, long count, long offset)
      throws LastErrorException;

  static native long pwrite(int fd, byte[] buffer, long count, long offset)
      throws LastErrorException;
}
