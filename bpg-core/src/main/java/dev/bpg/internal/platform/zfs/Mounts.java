package dev.bpg.internal.platform.zfs;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mounts of file systems, by {@code mount(2)} and {@code umount2(2)}. Safe for use by several
 * threads. On Linux only root, or a process with {@code CAP_SYS_ADMIN}, may mount, whatever {@code
 * zfs allow} grants.
 */
public final class Mounts {

  private static final int NAMED = 3;

  private final KernelCalls calls;

  Mounts(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * Mounts a dataset, without device files, set-user-id programs and access times.
   *
   * @see #mount(DatasetName, Path, boolean)
   */
  public void mount(DatasetName name, Path target) throws ZfsException {
    mount(name, target, false);
  }

  /**
   * Mounts a dataset, without device files and set-user-id programs. The dataset is best one with
   * {@code mountpoint=legacy} and {@code canmount=noauto}, which ZFS itself then mounts nowhere.
   *
   * @param target an existing folder, without links; what it contains is hidden
   * @param accessTimes whether reading notes the time, as the dataset's {@code atime} says
   * @throws ZfsException {@code NOT_FOUND} for either, {@code BUSY} if it is mounted there already,
   *     {@code NOT_PERMITTED}, {@code READ_ONLY}
   */
  public void mount(DatasetName name, Path target, boolean accessTimes) throws ZfsException {
    Operation operation = new Operation("mount dataset", name + " at " + target, name);
    String path = target.toAbsolutePath().toString();
    calls.run(
        operation,
        () -> {
          try {
            SystemCalls.mount(
                name.value(),
                path,
                "zfs",
                SystemCalls.MS_NODEV
                    | SystemCalls.MS_NOSUID
                    | (accessTimes ? 0 : SystemCalls.MS_NOATIME),
                // A comma would end it; it only helps to find snapshots below .zfs.
                path.indexOf(',') < 0 ? "mntpoint=" + path : null);
          } catch (LastErrorException e) {
            throw MountErrors.mount(operation, e.getErrorCode(), name, target);
          }
        });
  }

  /**
   * Unmounts what is mounted at a folder. It waits until what was written is in the pool.
   *
   * @throws ZfsException {@code NOT_FOUND} if nothing of ZFS is mounted there, {@code BUSY} naming
   *     the processes that use it, {@code NOT_PERMITTED}
   */
  public void unmount(Path target) throws ZfsException {
    Mount mounted = at(target).orElseThrow(() -> MountErrors.notMounted(target));
    Operation operation = new Operation("unmount", target.toString(), dataset(mounted.source()));
    calls.run(
        operation,
        () -> {
          try {
            SystemCalls.umount2(mounted.target().toString(), SystemCalls.UMOUNT_NOFOLLOW);
          } catch (LastErrorException e) {
            throw MountErrors.unmount(operation, e.getErrorCode(), this);
          }
        });
  }

  private static DatasetName dataset(String source) {
    int at = source.indexOf('@');
    return new DatasetName(at < 0 ? source : source.substring(0, at));
  }

  /**
   * Where a dataset is mounted for this process, in the order in which it was.
   *
   * @throws ZfsException if that cannot be found out
   */
  public List<Path> of(DatasetName name) throws ZfsException {
    return table(name.value()).of(name.value()).stream().map(MountTable.Entry::target).toList();
  }

  /**
   * What of ZFS is mounted at this very folder, as the uppermost.
   *
   * @throws ZfsException if that cannot be found out
   */
  public Optional<Mount> at(Path target) throws ZfsException {
    Path absolute = target.toAbsolutePath().normalize();
    Optional<MountTable.Entry> top =
        table(target.toString()).entries().stream()
            .filter(entry -> entry.target().equals(absolute))
            .reduce((lower, upper) -> upper);
    return top.filter(entry -> entry.type().equals("zfs"))
        .map(entry -> new Mount(entry.source(), entry.target()));
  }

  /**
   * Everything of ZFS that is mounted for this process.
   *
   * @throws ZfsException if that cannot be found out
   */
  public List<Mount> all() throws ZfsException {
    return table("everything").entries().stream()
        .filter(entry -> entry.type().equals("zfs"))
        .map(entry -> new Mount(entry.source(), entry.target()))
        .toList();
  }

  /**
   * The processes that keep a dataset in use, as far as this user may see them: that have a file or
   * folder of it open or work in it, and for each other mount namespace, such as a container's, one
   * process that has it mounted.
   *
   * @throws ZfsException if {@code /proc} cannot be read
   */
  public List<MountHolder> holders(DatasetName name) throws ZfsException {
    try {
      return MountHolders.of(name.value());
    } catch (IOException e) {
      throw unreadable("look for users of", name.value(), e);
    }
  }

  /** Whether this process may mount, by its effective capabilities. */
  public boolean isPermitted() throws ZfsException {
    try {
      return Capabilities.mayAdministrate();
    } catch (IOException e) {
      throw unreadable("look for", "the rights of this process", e);
    }
  }

  /** Why a dataset cannot be unmounted or destroyed, naming who uses it. */
  String reasonForUse(DatasetName name) throws ZfsException {
    List<MountHolder> holders = holders(name);
    if (!holders.isEmpty()) {
      List<String> named = holders.stream().limit(NAMED).map(MountHolder::toString).toList();
      return String.join(", ", named)
          + (holders.size() > NAMED ? " and " + (holders.size() - NAMED) + " others" : "");
    }
    List<Path> targets = of(name);
    return targets.isEmpty()
        ? "it is in use, and not by any process that this user may see"
        : "it is mounted at " + targets.get(0);
  }

  private static MountTable table(String subject) throws ZfsException {
    try {
      return MountTable.ofThisProcess();
    } catch (IOException e) {
      throw unreadable("find mounts of", subject, e);
    }
  }

  private static ZfsException unreadable(String verb, String subject, IOException e) {
    return new ZfsException(
        new Operation(verb, subject, new DatasetName("none")),
        ZfsException.Kind.OTHER,
        String.valueOf(e.getMessage()),
        null,
        0,
        Map.of(),
        e);
  }
}
