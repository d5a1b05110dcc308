package dev.bpg.internal.platform;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.bpg.error.NativeException;
import java.util.Optional;

/**
 * A user of the operating system.
 *
 * @param name the login name
 * @param uid the numeric id
 * @param gid the id of the primary group
 */
public record SystemUser(String name, int uid, int gid) {

  // struct passwd is the same in glibc and musl on 64-bit Linux: two pointers, uid, gid, pointers.
  private static final int PASSWD_SIZE = 64;
  private static final int UID_OFFSET = 16;
  private static final int GID_OFFSET = 20;
  private static final int ERANGE = 34;

  /** Whether this process may do everything. */
  public static boolean isRoot() {
    return ProcessCalls.geteuid() == 0;
  }

  /** The numeric id of the user that this process runs as. */
  public static int currentUid() {
    return ProcessCalls.geteuid();
  }

  /** The user that this process runs as; empty if its id has no name on this machine. */
  public static Optional<SystemUser> current() throws NativeException {
    int uid = ProcessCalls.geteuid();
    return lookUp(
        "getpwuid_r(" + uid + ")",
        (passwd, buffer, result) ->
            ProcessCalls.getpwuid_r(uid, passwd, buffer, buffer.size(), result));
  }

  /** The user of a name, if there is one. */
  public static Optional<SystemUser> named(String name) throws NativeException {
    return lookUp(
        "getpwnam_r(" + name + ")",
        (passwd, buffer, result) ->
            ProcessCalls.getpwnam_r(name, passwd, buffer, buffer.size(), result));
  }

  private static Optional<SystemUser> lookUp(String call, Query query) throws NativeException {
    for (int size = 4096; ; size *= 4) {
      Memory passwd = new Memory(PASSWD_SIZE);
      Memory buffer = new Memory(size);
      PointerByReference result = new PointerByReference();
      int errno = query.run(passwd, buffer, result);
      if (errno == ERANGE) {
        continue;
      }
      Pointer found = result.getValue();
      if (found != null) {
        return Optional.of(
            new SystemUser(
                found.getPointer(0).getString(0),
                found.getInt(UID_OFFSET),
                found.getInt(GID_OFFSET)));
      }
      // The manual allows these as other ways to say that there is no such user.
      if (errno == 0 || errno == Errno.ENOENT || errno == Errno.ESRCH || errno == Errno.EPERM) {
        return Optional.empty();
      }
      throw Errno.failed(call, errno);
    }
  }

  private interface Query {
    int run(Memory passwd, Memory buffer, PointerByReference result);
  }
}
