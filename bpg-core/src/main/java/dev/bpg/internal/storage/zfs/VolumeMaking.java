package dev.bpg.internal.storage.zfs;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.Zfs;
import dev.bpg.internal.storage.StorageErrors;
import dev.bpg.internal.storage.VolumeFolders;
import dev.bpg.internal.storage.zfs.ZfsCalls.Step;
import dev.bpg.model.BranchId;
import java.nio.file.Path;

/**
 * How volumes come into being: the mount point claimed, the dataset made, mounted, filled; or not.
 */
final class VolumeMaking {

  private final VolumeFolders folders;
  private final VolumeDatasets datasets;
  private final VolumeMounts mounts;
  private final VolumeRemoval removal;

  VolumeMaking(
      VolumeFolders folders, VolumeDatasets datasets, VolumeMounts mounts, VolumeRemoval removal) {
    this.folders = folders;
    this.datasets = datasets;
    this.mounts = mounts;
    this.removal = removal;
  }

  /**
   * Makes a volume. Whatever goes wrong, nothing of it is left, or the error says what is.
   *
   * @param operation what is done, for errors
   * @param making makes the dataset, tagged with the id
   * @param filling makes what belongs in it, when it is mounted
   * @return the data folder
   * @throws AlreadyExistsException if something is in its place, which stays as it is
   */
  Path make(
      Zfs zfs, String operation, BranchId id, boolean accessTimes, Step making, Step filling) {
    DatasetName name = datasets.name(id);
    Path point = folders.volume(id);
    claim(operation, id, point);
    try {
      ZfsCalls.run(operation, name, point, making);
      ZfsCalls.run(operation, name, point, () -> mounts.mount(zfs, id, name, accessTimes));
      ZfsCalls.run(operation, name, point, filling);
      return folders.data(id);
    } catch (AlreadyExistsException e) {
      ZfsCalls.afterwards(e, () -> removal.undoBeside(zfs, id));
      throw e;
    } catch (RuntimeException | Error e) {
      ZfsCalls.afterwards(e, () -> removal.undo(zfs, id));
      throw e;
    }
  }

  private void claim(String operation, BranchId id, Path point) {
    try {
      folders.claim(id);
    } catch (NativeException e) {
      if (e.errno() == Errno.EEXIST) {
        throw new AlreadyExistsException(
            operation, point.toString(), "something is in its place", "use another id", e);
      }
      throw StorageErrors.unavailable(operation, point, e);
    }
  }
}
