package dev.bpg.internal.storage.btrfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.BtrfsSubvolumes;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.StorageProbe;
import dev.bpg.internal.storage.VolumeCreation;
import dev.bpg.internal.storage.VolumeDeletion;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.internal.storage.VolumeSources;
import dev.bpg.internal.storage.VolumeSpace;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceUsage;
import dev.bpg.storage.AtomicStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Volumes whose data folders are btrfs subvolumes, and clones that are snapshots: one instant of
 * the source, in a time that does not depend on its size. Needs no root. Safe for use by several
 * threads and processes; an interruption is left for the caller to see.
 */
public final class BtrfsStorage implements AtomicStorage {

  private final VolumeFolders folders;
  private final VolumeDeletion deletion;
  private final VolumeCreation creation;
  private final DeletedSubvolumes deleted;

  /** Keeps volumes below a folder, which is made when the first volume is. */
  public BtrfsStorage(Path root) {
    this.folders = new VolumeFolders(root);
    this.deletion = new VolumeDeletion(folders, BtrfsStorage::remove);
    this.creation = new VolumeCreation(folders, deletion);
    this.deleted = new DeletedSubvolumes(folders.root());
  }

  /** What keeps this storage from working below a folder, tried with a subvolume; or nothing. */
  public static Optional<String> missing(Path root) {
    return StorageProbe.missing(
        root,
        "btrfs subvolumes",
        folder -> {
          make(folder.resolve("source"));
          try {
            BtrfsSubvolumes.snapshot(folder.resolve("source"), folder, "target");
          } finally {
            remove(folder.resolve("target"));
            remove(folder.resolve("source"));
          }
        });
  }

  @Override
  public String name() {
    return "btrfs";
  }

  @Override
  public Path createVolume(BranchId id) {
    return creation.create("create volume", id, BtrfsStorage::make);
  }

  @Override
  public Path cloneVolume(BranchId source, BranchId target) {
    Path from = VolumeSources.require(folders, "clone volume", source);
    return creation.create("clone volume", target, data -> snapshot(from, data));
  }

  @Override
  public void deleteVolume(BranchId id) {
    deletion.delete(id);
    deleted.free();
  }

  @Override
  public Optional<Path> dataFolder(BranchId id) {
    return VolumeSources.find(folders, id);
  }

  @Override
  public List<BranchId> volumes() {
    return VolumeSources.list(folders);
  }

  @Override
  public SpaceUsage space(BranchId id) {
    return VolumeSpace.of(
        VolumeSources.require(folders, "measure volume", id), VolumeSpace.EXTENTS);
  }

  private static void make(Path data) throws NativeException {
    BtrfsSubvolumes.create(data.getParent(), data.getFileName().toString());
    Inodes.setMode(data.toString(), VolumeFolders.PRIVATE);
  }

  private static void snapshot(Path source, Path data) throws NativeException {
    BtrfsSubvolumes.snapshot(source, data.getParent(), data.getFileName().toString());
  }

  private static void remove(Path data) throws IOException {
    try {
      BtrfsSubvolumes.delete(data.getParent(), data.getFileName().toString());
    } catch (NativeException e) {
      switch (e.errno()) {
        case Errno.ENOENT -> {
          return; // It was never made, or is deleted already.
        }
        // Users may not delete a subvolume as a whole but, since Linux 4.18, remove one that is
        // empty. EINVAL and ENOTDIR: it is no subvolume, which only a foreign hand can have done.
        case Errno.EPERM, Errno.EACCES, Errno.EINVAL, Errno.ENOTDIR -> FolderRemoval.remove(data);
        default -> throw e;
      }
    }
  }
}
