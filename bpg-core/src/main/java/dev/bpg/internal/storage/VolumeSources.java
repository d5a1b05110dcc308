package dev.bpg.internal.storage;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds volumes that exist, as a storage has to answer. */
public final class VolumeSources {

  private VolumeSources() {}

  /**
   * The data folder of a volume that exists, or nothing.
   *
   * @throws UnavailableException if the system does not say
   */
  public static Optional<Path> find(VolumeFolders folders, BranchId id) {
    try {
      return folders.existingData(id);
    } catch (IOException e) {
      throw StorageErrors.unavailable("find volume", folders.volume(id), e);
    }
  }

  /**
   * The data folder of a volume that has to exist.
   *
   * @param operation what it is needed for
   * @throws NotFoundException if there is none
   * @throws UnavailableException if the system does not say
   */
  public static Path require(VolumeFolders folders, String operation, BranchId id) {
    return find(folders, id)
        .orElseThrow(() -> StorageErrors.noSource(operation, id, folders.volume(id)));
  }

  /**
   * The ids of all volumes of ours.
   *
   * @throws UnavailableException if the system does not say
   */
  public static List<BranchId> list(VolumeFolders folders) {
    try {
      return folders.marked();
    } catch (IOException e) {
      throw StorageErrors.unavailable("list volumes in", folders.root(), e);
    }
  }
}
