package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What {@code statx(2)} says of a file, a folder or a symbolic link itself. One call, a third of
 * the time of the attribute views of {@code java.nio.file}.
 *
 * @param mode type and permissions, as in {@code inode(7)}
 * @param uid the owner
 * @param gid the group
 * @param size the length in bytes
 * @param allocated the bytes that the file system has set aside for it
 */
public record FileStatus(int mode, int uid, int gid, long size, long allocated) {

  private static final int TYPE = 0170000;
  private static final int BYTES_OF_STATX = 256;
  private static final int BYTES_OF_BLOCK = 512;

  /**
   * Reads the status of a path; a symbolic link at its end is not followed.
   *
   * @throws NativeException if there is nothing, or nothing that this user may look at
   */
  public static FileStatus of(String path) throws NativeException {
    byte[] result = new byte[BYTES_OF_STATX];
    try {
      InodeCalls.statx(
          InodeCalls.AT_FDCWD,
          path,
          InodeCalls.AT_SYMLINK_NOFOLLOW,
          InodeCalls.STATX_BASIC_STATS,
          result);
    } catch (LastErrorException e) {
      throw Errno.failed("statx(" + path + ")", e);
    }
    return parse(result);
  }

  /**
   * Reads the status of a path, or nothing if nothing is there.
   *
   * @throws NativeException if the system does not say whether something is there
   */
  public static Optional<FileStatus> ifExists(String path) throws NativeException {
    try {
      return Optional.of(of(path));
    } catch (NativeException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static FileStatus of(int fd, String path) throws NativeException {
    byte[] result = new byte[BYTES_OF_STATX];
    try {
      InodeCalls.statx(fd, "", InodeCalls.AT_EMPTY_PATH, InodeCalls.STATX_BASIC_STATS, result);
    } catch (LastErrorException e) {
      throw Errno.failed("statx(" + path + ")", e);
    }
    return parse(result);
  }

  // Offsets of struct statx, from the manual page.
  private static FileStatus parse(byte[] result) {
    ByteBuffer b = ByteBuffer.wrap(result).order(ByteOrder.nativeOrder());
    return new FileStatus(
        Short.toUnsignedInt(b.getShort(28)),
        b.getInt(20),
        b.getInt(24),
        b.getLong(40),
        b.getLong(48) * BYTES_OF_BLOCK);
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return (mode & TYPE) == 0100000;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return (mode & TYPE) == 0040000;
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return (mode & TYPE) == 0120000;
  }

  /** The permissions, such as 0600, with the set-id and sticky bits. */
  public int permissions() {
    return mode & 07777;
  }
}
