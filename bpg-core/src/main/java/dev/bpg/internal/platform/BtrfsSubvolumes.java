package dev.bpg.internal.platform;

import com.sun.jna.LastErrorException;
import dev.bpg.error.NativeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes, snapshots and deletes subvolumes of btrfs, by the ioctls of {@code linux/btrfs.h}. */
public final class BtrfsSubvolumes {

  // _IOW(0x94, 14 | 15 | 23, 4096 bytes)
  private static final long SUBVOL_CREATE = 0x5000940EL;
  private static final long SNAP_DESTROY = 0x5000940FL;
  private static final long SNAP_CREATE_V2 = 0x50009417L;
  // _IOR(0x94, 24, 8 bytes)
  private static final long START_SYNC = 0x80089418L;

  private static final int ARGUMENT_BYTES = 4096;
  // struct btrfs_ioctl_vol_args: fd, name. struct btrfs_ioctl_vol_args_v2: fd, transid, flags,
  // four unused numbers, name.
  private static final int NAME_OFFSET = 8;
  private static final int NAME_OFFSET_V2 = 56;

  private BtrfsSubvolumes() {}

  /**
   * Makes an empty subvolume, its mode 0777 less the umask.
   *
   * @throws NativeException with {@code ENOTTY} if the folder is not on btrfs
   */
  public static void create(Path folder, String name) throws NativeException {
    call("SUBVOL_CREATE", SUBVOL_CREATE, folder, name, argument(0, name, NAME_OFFSET));
  }

  /**
   * Makes a writable snapshot of a subvolume: everything in it at one instant.
   *
   * @throws NativeException with {@code EINVAL} if the source is not a subvolume, {@code EXDEV} if
   *     it is on another file system
   */
  public static void snapshot(Path source, Path folder, String name) throws NativeException {
    try (NativeFolder open = NativeFolder.open(source)) {
      byte[] argument = argument(open.fd(), name, NAME_OFFSET_V2);
      call("SNAP_CREATE_V2, " + source, SNAP_CREATE_V2, folder, name, argument);
    }
  }

  /**
   * Deletes a subvolume with all that is in it; the space is freed in the background.
   *
   * @throws NativeException with {@code EPERM} if this user may not, which is so for all but root
   *     unless the file system is mounted with {@code user_subvol_rm_allowed}
   */
  public static void delete(Path folder, String name) throws NativeException {
    call("SNAP_DESTROY", SNAP_DESTROY, folder, name, argument(0, name, NAME_OFFSET));
  }

  /**
   * Has what was deleted on a file system freed soon. By itself, btrfs looks for it every thirty
   * seconds, or as its mount option {@code commit} says; until then each snapshot more makes the
   * next one dearer. Waits until the commit of a transaction begins, not until anything is freed.
   */
  public static void freeDeleted(Path folder) throws NativeException {
    // The thread that begins the commit of a transaction looks for it afterwards, since Linux 5.17.
    call("START_SYNC", START_SYNC, folder, "", new byte[Long.BYTES]);
  }

  private static byte[] argument(int fd, String name, int nameOffset) {
    ByteBuffer argument = ByteBuffer.allocate(ARGUMENT_BYTES).order(ByteOrder.nativeOrder());
    argument.putLong(0, fd);
    argument.position(nameOffset);
    argument.put(name.getBytes(StandardCharsets.US_ASCII));
    return argument.array();
  }

  private static void call(String what, long request, Path folder, String name, byte[] argument)
      throws NativeException {
    try (NativeFolder open = NativeFolder.open(folder)) {
      FileCalls.ioctl(open.fd(), request, argument);
    } catch (LastErrorException e) {
      throw Errno.failed("ioctl(" + what + ", " + folder.resolve(name) + ")", e);
    }
  }
}
