package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;

/** Makes folders and symbolic links and sets their attributes, keeping {@code errno}. */
public final class Inodes {

  private Inodes() {}

  /** Whether this process runs as root. */
  public static boolean isRoot() {
    return InodeCalls.geteuid() == 0;
  }

  /**
   * Makes one folder.
   *
   * @param mode its permissions, of which the process' umask takes some away
   */
  public static void makeFolder(String path, int mode) throws NativeException {
    try {
      InodeCalls.mkdir(path, mode);
    } catch (LastErrorException e) {
      throw Errno.failed("mkdir(" + path + ")", e);
    }
  }

  /** Makes a symbolic link with a text in it. */
  public static void makeLink(String path, String target) throws NativeException {
    try {
      InodeCalls.symlink(target, path);
    } catch (LastErrorException e) {
      throw Errno.failed("symlink(" + path + ")", e);
    }
  }

  /** Sets the permissions of a folder, whatever the umask. Follows symbolic links. */
  public static void setMode(String path, int mode) throws NativeException {
    try {
      InodeCalls.chmod(path, mode);
    } catch (LastErrorException e) {
      throw Errno.failed("chmod(" + path + ", 0" + Integer.toOctalString(mode) + ")", e);
    }
  }

  /** Gives a folder, or a symbolic link itself, to an owner and a group. */
  public static void setOwner(String path, int uid, int gid) throws NativeException {
    try {
      InodeCalls.lchown(path, uid, gid);
    } catch (LastErrorException e) {
      throw Errno.failed("lchown(" + path + ", " + uid + ", " + gid + ")", e);
    }
  }
}
