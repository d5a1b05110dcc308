package dev.bpg.internal.storage;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Path;

/** How volumes come into being: claimed, marked, filled, opened; or not at all. */
public final class VolumeCreation {

  /** How a storage makes the data folder with what belongs in it. */
  @FunctionalInterface
  public interface DataMaking {
    /** Makes the folder, of mode 0700, and its content. */
    void make(Path data) throws IOException, InterruptedException;
  }

  private final VolumeFolders folders;
  private final VolumeDeletion deletion;

  /**
   * Makes volumes below these folders.
   *
   * @param deletion removes what a failed creation made
   */
  public VolumeCreation(VolumeFolders folders, VolumeDeletion deletion) {
    this.folders = folders;
    this.deletion = deletion;
  }

  /**
   * Makes a volume. Whatever goes wrong, nothing of it is left, or the error says what is.
   *
   * @param operation what is done, for errors
   * @return the data folder
   * @throws AlreadyExistsException if something is in its place
   * @throws UnavailableException if the system refuses
   * @throws CancelledException if the thread is interrupted; its status is then set
   */
  public Path create(String operation, BranchId id, DataMaking making) {
    Path volume = folders.volume(id);
    claim(operation, id, volume);
    try {
      VolumeMarker.write(id, volume);
      making.make(folders.data(id));
      folders.open(id);
      return folders.data(id);
    } catch (IOException e) {
      UnavailableException error = StorageErrors.unavailable(operation, volume, e);
      undo(id, error);
      throw error;
    } catch (InterruptedException e) {
      CancelledException error = StorageErrors.cancelled(operation, volume, e);
      undo(id, error);
      Thread.currentThread().interrupt();
      throw error;
    } catch (RuntimeException | Error e) {
      undo(id, e);
      throw e;
    }
  }

  private void claim(String operation, BranchId id, Path volume) {
    try {
      folders.claim(id);
    } catch (NativeException e) {
      if (e.errno() == Errno.EEXIST) {
        throw new AlreadyExistsException(
            operation, volume.toString(), "something is in its place", "use another id", e);
      }
      throw StorageErrors.unavailable(operation, volume, e);
    }
  }

  // A second interruption must not stop the clean-up, and must not be lost either.
  private void undo(BranchId id, Throwable error) {
    boolean interrupted = Thread.interrupted();
    try {
      deletion.remove(id);
    } catch (IOException | RuntimeException e) {
      error.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
