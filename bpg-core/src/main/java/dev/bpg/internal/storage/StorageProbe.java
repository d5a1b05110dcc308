package dev.bpg.internal.storage;

import dev.bpg.internal.platform.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tries whether a storage works below a folder, by doing what it would do. */
public final class StorageProbe {

  /** What a storage needs, tried out. */
  @FunctionalInterface
  public interface Trial {
    /** Tries in an empty folder, which is removed afterwards with all that is in it. */
    void run(Path folder) throws IOException;
  }

  private StorageProbe() {}

  /**
   * Tries in a folder of its own below the given one, or below the nearest of its parents that
   * exists. Nothing is left behind.
   *
   * @param ability what the file system needs, in words
   * @return why it does not work, or nothing if it does
   */
  public static Optional<String> missing(Path root, String ability, Trial trial) {
    try {
      Path parent = root.toAbsolutePath().normalize();
      while (parent.getParent() != null && FileStatus.ifExists(parent.toString()).isEmpty()) {
        parent = parent.getParent();
      }
      tryIn(parent, trial);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(StorageErrors.lacking(e, ability));
    } catch (LinkageError e) {
      return Optional.of("the C library cannot be called (" + e.getMessage() + ")");
    }
  }

  private static void tryIn(Path parent, Trial trial) throws IOException {
    Path folder = Files.createTempDirectory(parent, ".bpg-probe-");
    try {
      trial.run(folder);
    } catch (IOException | RuntimeException | Error e) {
      try {
        FolderRemoval.remove(folder);
      } catch (IOException cleanup) {
        e.addSuppressed(cleanup);
      }
      throw e;
    }
    FolderRemoval.remove(folder);
  }
}
