package dev.bpg.internal.storage;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.model.BranchId;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How volumes go: the data, then the marker, then the folder; only what is provably ours. */
public final class VolumeDeletion {

  private static final String OPERATION = "delete volume";
  private static final Set<String> OWN = Set.of(VolumeMarker.NAME, "data", Storage.WORK_FOLDER);

  /** How a storage removes a data folder; that there is none must be no error. */
  @FunctionalInterface
  public interface DataRemoval {
    /** Removes the folder and all that is in it. */
    void remove(Path data) throws IOException;
  }

  private final VolumeFolders folders;
  private final DataRemoval removal;

  /** Deletes volumes below these folders. */
  public VolumeDeletion(VolumeFolders folders, DataRemoval removal) {
    this.folders = folders;
    this.removal = removal;
  }

  /**
   * Deletes a volume, complete or half made; no error if there is none.
   *
   * @throws RefusedException if what is in its place is not ours
   * @throws UnavailableException if the system refuses; what is left keeps its marker
   */
  public void delete(BranchId id) {
    Path volume = folders.volume(id);
    try {
      Optional<FileStatus> status = FileStatus.ifExists(volume.toString());
      if (status.isPresent()) {
        check(id, volume, status.get());
        remove(id);
      }
    } catch (IOException e) {
      throw StorageErrors.unavailable(OPERATION, volume, e);
    }
  }

  /** Removes a volume that is known to be ours. */
  void remove(BranchId id) throws IOException {
    removal.remove(folders.data(id));
    FolderRemoval.remove(folders.volume(id).resolve(Storage.WORK_FOLDER));
    Files.deleteIfExists(folders.volume(id).resolve(VolumeMarker.NAME));
    Files.deleteIfExists(folders.volume(id));
  }

  // An empty folder of this name is what a process leaves that is killed between making the folder
  // and its marker, or between deleting them.
  private static void check(BranchId id, Path volume, FileStatus status) throws IOException {
    if (!status.isFolder()) {
      throw refused(volume, "it is not a folder");
    }
    List<String> entries = entries(volume);
    if (!entries.isEmpty() && !VolumeMarker.isOf(id, volume)) {
      throw refused(volume, "it is not empty and does not carry this volume's marker");
    }
    for (String entry : entries) {
      if (!OWN.contains(entry)) {
        throw refused(volume, "it contains " + entry + ", which bpg did not make");
      }
    }
  }

  private static List<String> entries(Path volume) throws IOException {
    try (Stream<Path> list = Files.list(volume)) {
      return list.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static RefusedException refused(Path volume, String reason) {
    return new RefusedException(
        OPERATION, volume.toString(), reason, "move it away if you are sure that nobody needs it");
  }
}
