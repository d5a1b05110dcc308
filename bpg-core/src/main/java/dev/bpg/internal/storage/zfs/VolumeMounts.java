package dev.bpg.internal.storage.zfs;

import dev.bpg.error.BusyException;
import dev.bpg.error.NativeException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.Mount;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Mounts volumes at {@code <storage path>/<id>}. Their data folders are below that, so an empty
 * mount point is never taken for an empty data folder. Safe for use by several threads.
 */
final class VolumeMounts {

  private final VolumeFolders folders;

  /**
   * The device number that each volume had at its mount point. As long as that is there, the volume
   * is, and the kernel's table need not be read, which has a line for each branch.
   */
  private final Map<BranchId, Object> devices = new ConcurrentHashMap<>();

  VolumeMounts(VolumeFolders folders) {
    this.folders = folders;
  }

  /**
   * Mounts a volume unless it is. After a restart of the machine nothing is.
   *
   * @throws RefusedException if something else is in its place
   */
  void require(Zfs zfs, BranchId id, VolumeDataset volume) throws IOException {
    Path point = folders.volume(id);
    Object known = devices.get(id);
    if (known != null && known.equals(device(point).orElse(null))) {
      return;
    }
    if (!isMounted(zfs, id, volume.name())) {
      Optional<String> inside = prepare(id, point);
      if (inside.isEmpty()) {
        mount(zfs, id, volume.name(), volume.hasAccessTimes());
      } else if (!isMounted(zfs, id, volume.name())) {
        // And it is not that somebody else has mounted it just now.
        throw notEmpty("mount volume", point, inside.get());
      }
    }
    remember(id);
  }

  private void remember(BranchId id) throws IOException {
    device(folders.volume(id)).ifPresent(device -> devices.put(id, device));
  }

  /** Mounts a volume at a mount point that was made for it just now. */
  void mount(Zfs zfs, BranchId id, DatasetName volume, boolean accessTimes) throws IOException {
    Path point = folders.volume(id).toRealPath();
    try {
      zfs.mounts().mount(volume, point, accessTimes);
    } catch (ZfsException e) {
      // The kernel mounts nothing twice in one place: another process was faster.
      if (e.kind() != Kind.BUSY || !isMounted(zfs, id, volume)) {
        throw e;
      }
    }
    remember(id);
  }

  private boolean isMounted(Zfs zfs, BranchId id, DatasetName volume) throws IOException {
    Path point = folders.volume(id);
    if (FileStatus.ifExists(point.toString()).filter(FileStatus::isFolder).isEmpty()) {
      return false;
    }
    Optional<Mount> mount = zfs.mounts().at(point.toRealPath());
    if (mount.isPresent() && !mount.get().source().equals(volume.value())) {
      throw new RefusedException(
          "mount volume",
          volume.value(),
          mount.get().source() + " is mounted at its place, " + point,
          "unmount that: umount '" + point + "'");
    }
    return mount.isPresent();
  }

  /** Makes the mount point if there is none; returns something that is in the way. */
  private Optional<String> prepare(BranchId id, Path point) throws IOException {
    try {
      folders.claim(id);
      return Optional.empty();
    } catch (NativeException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      return anythingIn(point);
    }
  }

  /**
   * Unmounts a volume if it is mounted in its place.
   *
   * @throws ZfsException {@code BUSY} naming who uses it
   */
  void release(Zfs zfs, BranchId id, DatasetName volume) throws IOException {
    devices.remove(id);
    if (isMounted(zfs, id, volume)) {
      zfs.mounts().unmount(folders.volume(id).toRealPath());
    }
  }

  /**
   * Removes a mount point that nothing is mounted at; no error if there is none.
   *
   * @throws RefusedException if it is not an empty folder
   */
  void removePoint(String operation, BranchId id) throws IOException {
    devices.remove(id);
    Path point = folders.volume(id);
    Optional<FileStatus> status = FileStatus.ifExists(point.toString());
    if (status.isPresent() && !status.get().isFolder()) {
      throw new RefusedException(
          operation,
          point.toString(),
          "it is not a folder",
          "move it away if you are sure that nobody needs it");
    }
    try {
      Files.deleteIfExists(point);
    } catch (DirectoryNotEmptyException e) {
      throw notEmpty(operation, point, anythingIn(point).orElse("something"));
    } catch (java.nio.file.FileSystemException e) {
      if (!String.valueOf(e.getReason()).contains("busy")) {
        throw e;
      }
      throw new BusyException(
          operation,
          point.toString(),
          "another file system is mounted there",
          "unmount it: umount '" + point + "'",
          e);
    }
  }

  private static Optional<String> anythingIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findFirst().map(entry -> entry.getFileName().toString());
    }
  }

  private static RefusedException notEmpty(String operation, Path point, String entry) {
    return new RefusedException(
        operation,
        point.toString(),
        "the mount point is not empty: it contains " + entry + ", which bpg did not make",
        "move that away if you are sure that nobody needs it");
  }

  private static Optional<Object> device(Path point) throws IOException {
    try {
      return Optional.of(Files.getAttribute(point, "unix:dev", LinkOption.NOFOLLOW_LINKS));
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
