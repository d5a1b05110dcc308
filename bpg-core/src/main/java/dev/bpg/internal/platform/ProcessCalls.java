package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * Functions of the C library that work on processes, users and events; see sections 2 and 3 of the
 * Linux manual. Those declared with {@link LastErrorException} throw it when they return -1; the
 * {@code posix_…} and {@code getpw…_r} functions return the error number instead.
 */
final class ProcessCalls {

  static final short POSIX_SPAWN_SETSIGDEF = 0x04;
  static final short POSIX_SPAWN_SETSIGMASK = 0x08;
  static final short POSIX_SPAWN_SETSID = 0x80;

  static final int PR_GET_DUMPABLE = 3;
  static final int PR_SET_DUMPABLE = 4;

  static final short POLLIN = 1;
  static final int EFD_CLOEXEC = 02000000;
  static final int EFD_NONBLOCK = 04000;
  static final int IN_CLOEXEC = 02000000;
  static final int IN_NONBLOCK = 04000;
  static final int IN_MODIFY = 0x2;
  static final int IN_MOVED_TO = 0x80;
  static final int IN_CREATE = 0x100;
  static final int IN_DELETE = 0x200;

  static final int P_PIDFD = 3;
  static final int WNOHANG = 1;
  static final int WEXITED = 4;

  static final int F_SETFD = 2;
  static final int F_SETFL = 4;
  static final int F_SETOWN = 8;
  static final int F_SETSIG = 10;
  static final int F_DUPFD_CLOEXEC = 1030;
  static final int O_ASYNC = 020000;
  static final int FD_CLOEXEC = 1;
  static final int CLOSE_RANGE_UNSHARE = 2;
  static final int CLOSE_RANGE_CLOEXEC = 4;

  // The same numbers on every architecture: system calls added since Linux 5.0.
  static final int SYS_PIDFD_SEND_SIGNAL = 424;
  static final int SYS_PIDFD_OPEN = 434;
  static final int SYS_CLOSE_RANGE = 436;

  private static final boolean ARM64 = "aarch64".equals(System.getProperty("os.arch"));

  static final int SYS_SETGROUPS = ARM64 ? 159 : 116;
  static final int SYS_SETRESGID = ARM64 ? 149 : 119;
  static final int SYS_SETRESUID = ARM64 ? 147 : 117;

  static {
    Native.register(ProcessCalls.class, (String) null);
  }

  private ProcessCalls() {}

  static native int posix_spawn(
      IntByReference pid,
      Pointer path,
      Pointer fileActions,
      Pointer attributes,
      Pointer argv,
      Pointer envp);

  static native int posix_spawnattr_init(Pointer attributes);

  static native int posix_spawnattr_destroy(Pointer attributes);

  static native int posix_spawnattr_setflags(Pointer attributes, short flags);

  static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

  static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

  static native int posix_spawn_file_actions_init(Pointer actions);

  static native int posix_spawn_file_actions_destroy(Pointer actions);

  static native int posix_spawn_file_actions_addopen(
      Pointer actions, int fd, Pointer path, int flags, int mode);

  static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int newFd);

  static native int waitpid(int pid, IntByReference status, int options) throws LastErrorException;

  static native int waitid(int idType, int id, Pointer info, int options) throws LastErrorException;

  static native int kill(int pid, int signal) throws LastErrorException;

  static native int poll(Pointer fds, long count, int timeoutMillis) throws LastErrorException;

  static native int eventfd(int initial, int flags) throws LastErrorException;

  static native long read(int fd, Pointer buffer, long size) throws LastErrorException;

  static native long write(int fd, Pointer buffer, long size) throws LastErrorException;

  static native int fcntl(int fd, int command, int argument) throws LastErrorException;

  static native int pipe2(int[] ends, int flags) throws LastErrorException;

  static native int fchown(int fd, int uid, int gid) throws LastErrorException;

  static native int inotify_init1(int flags) throws LastErrorException;

  static native int inotify_add_watch(int fd, Pointer path, int mask) throws LastErrorException;

  static native int prctl(int option, long a, long b, long c, long d) throws LastErrorException;

  static native int geteuid();

  static native int getpwnam_r(
      String name, Pointer passwd, Pointer buffer, long size, PointerByReference result);

  static native int getpwuid_r(
      int uid, Pointer passwd, Pointer buffer, long size, PointerByReference result);

  static native long syscall(long number, long a, long b, long c, long d) throws LastErrorException;
}
