package dev.bpg.internal.storage.zfs;

import dev.bpg.error.BpgException;
import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.ZfsException;
import dev.bpg.internal.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;

/** The edge between what fails below and typed errors above. */
final class ZfsCalls {

  /** Something that can fail. */
  interface Call<T> {
    T run() throws IOException;
  }

  /** Something without a result that can fail. */
  interface Step {
    void run() throws IOException;
  }

  private ZfsCalls() {}

  /**
   * Runs a call.
   *
   * @param operation what is wanted, such as {@code clone volume}
   * @param dataset of which volume, or the one that holds all volumes
   * @param path where that is mounted, for what fails in the file system
   * @throws BpgException if it fails
   */
  static <T> T call(String operation, DatasetName dataset, Path path, Call<T> call) {
    try {
      return call.run();
    } catch (ZfsException e) {
      throw ZfsErrors.of(operation, dataset, e);
    } catch (IOException e) {
      throw StorageErrors.unavailable(operation, path, e);
    }
  }

  /** The same without a result. */
  static void run(String operation, DatasetName dataset, Path path, Step step) {
    call(
        operation,
        dataset,
        path,
        () -> {
          step.run();
          return true;
        });
  }

  /** Runs what cleans up after a failure, which is the one to be shown. */
  static void afterwards(Throwable first, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }
}
