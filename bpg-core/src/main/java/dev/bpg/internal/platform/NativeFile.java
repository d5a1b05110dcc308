package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.util.Arrays;

/**
 * An open regular file, for cloning and copying. Unlike a {@link java.nio.channels.FileChannel} it
 * is not closed by an interruption, and takes two system calls to open and close. Not safe for use
 * by several threads.
 */
public final class NativeFile implements AutoCloseable {

  private static final int SEEK_DATA = 3;

  // _IOW(0x94, 9, int): ioctl_ficlone(2).
  private static final long FICLONE = 0x40049409L;

  private final String path;
  private final int fd;

  private NativeFile(String path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /**
   * Opens a file for reading. A symbolic link is not followed, and a pipe does not block.
   *
   * @throws NativeException if it is not there or may not be read
   */
  public static NativeFile open(String path) throws NativeException {
    return open(path, FileCalls.O_RDONLY | FileCalls.O_NONBLOCK, 0);
  }

  /**
   * Makes a file and opens it for writing.
   *
   * @param mode its permissions, of which the process' umask takes some away
   * @throws NativeException if something is there already or it may not be made
   */
  public static NativeFile create(String path, int mode) throws NativeException {
    return open(path, FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL, mode);
  }

  private static NativeFile open(String path, int flags, int mode) throws NativeException {
    try {
      return new NativeFile(
          path, FileCalls.open(path, flags | FileCalls.O_CLOEXEC | OpenFlags.O_NOFOLLOW, mode));
    } catch (LastErrorException e) {
      throw Errno.failed("open(" + path + ")", e);
    }
  }

  /** What the system says of the file. */
  public FileStatus status() throws NativeException {
    return FileStatus.of(fd, path);
  }

  /**
   * Makes this file share all the data of another one, by {@code FICLONE}; both must be on one file
   * system that can.
   */
  public void cloneFrom(NativeFile source) throws NativeException {
    try {
      FileCalls.ioctl(fd, FICLONE, (long) source.fd);
    } catch (LastErrorException e) {
      throw Errno.failed("ioctl(FICLONE, " + source.path + ", " + path + ")", e);
    }
  }

  /**
   * Appends bytes of another file, from where the last such call ended, inside the kernel.
   *
   * @param count how many at most
   * @return how many; 0 at the other file's end
   */
  public long copyFrom(NativeFile source, long count) throws NativeException {
    try {
      return InodeCalls.sendfile(fd, source.fd, null, count);
    } catch (LastErrorException e) {
      throw Errno.failed("sendfile(" + source.path + ", " + path + ")", e);
    }
  }

  /**
   * Reads from the beginning into a buffer until it is full or the file ends.
   *
   * @return how many bytes were read
   */
  public int read(byte[] buffer) throws NativeException {
    int total = 0;
    while (total < buffer.length) {
      byte[] part = total == 0 ? buffer : new byte[buffer.length - total];
      int n;
      try {
        n = (int) InodeCalls.pread(fd, part, part.length, total);
      } catch (LastErrorException e) {
        throw Errno.failed("pread(" + path + ")", e);
      }
      if (n == 0) {
        break;
      }
      if (part != buffer) {
        System.arraycopy(part, 0, buffer, total, n);
      }
      total += n;
    }
    return total;
  }

  /**
   * Waits until a write that is under way in another process is complete. File systems that let
   * reads see half of a write (ext4, btrfs, tmpfs) look for data under the lock that a writer
   * holds; on others this waits for nothing.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2), SEEK_DATA</a>
   */
  public void awaitWriter() throws NativeException {
    try {
      InodeCalls.lseek(fd, 0, SEEK_DATA);
    } catch (LastErrorException e) {
      // ENXIO: there is no data. EINVAL: the file system does not look for any.
      if (e.getErrorCode() != Errno.ENXIO && e.getErrorCode() != Errno.EINVAL) {
        throw Errno.failed("lseek(" + path + ", SEEK_DATA)", e);
      }
    }
  }

  /** Writes bytes at the beginning of the file. */
  public void write(byte[] bytes) throws NativeException {
    int total = 0;
    while (total < bytes.length) {
      byte[] part = total == 0 ? bytes : Arrays.copyOfRange(bytes, total, bytes.length);
      try {
        total += (int) InodeCalls.pwrite(fd, part, part.length, total);
      } catch (LastErrorException e) {
        throw Errno.failed("pwrite(" + path + ")", e);
      }
    }
  }

  /** Gives the file to an owner and a group. */
  public void setOwner(int uid, int gid) throws NativeException {
    try {
      InodeCalls.fchown(fd, uid, gid);
    } catch (LastErrorException e) {
      throw Errno.failed("fchown(" + path + ", " + uid + ", " + gid + ")", e);
    }
  }

  /** Sets the permissions, whatever the umask. */
  public void setMode(int mode) throws NativeException {
    try {
      InodeCalls.fchmod(fd, mode);
    } catch (LastErrorException e) {
      throw Errno.failed("fchmod(" + path + ", 0" + Integer.toOctalString(mode) + ")", e);
    }
  }

  /** The path that it was opened by. */
  public String path() {
    return path;
  }

  int fd() {
    return fd;
  }

  /**
   * Closes the file.
   *
   * @throws NativeException if the system reports only now that it could not write
   */
  @Override
  public void close() throws NativeException {
    try {
      FileCalls.close(fd);
    } catch (LastErrorException e) {
      throw Errno.failed("close(" + path + ")", e);
    }
  }
}
