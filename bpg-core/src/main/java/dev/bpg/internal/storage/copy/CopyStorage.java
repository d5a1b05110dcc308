package dev.bpg.internal.storage.copy;

import dev.bpg.internal.storage.FileByFileStorage;
import dev.bpg.internal.storage.StorageProbe;
import dev.bpg.internal.storage.VolumeSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Volumes as plain folders, clones as plain copies: works wherever files can be written, and takes
 * the time and space of the data. Safe for use by several threads and processes.
 */
public final class CopyStorage extends FileByFileStorage {

  /** Keeps volumes below a folder, which is made when the first volume is. */
  public CopyStorage(Path root) {
    super(root, new CopiedContent(), VolumeSpace.ALLOCATED);
  }

  /** What keeps this storage from working below a folder, tried by writing there; or nothing. */
  public static Optional<String> missing(Path root) {
    return StorageProbe.missing(
        root, "files", folder -> Files.write(folder.resolve("file"), new byte[1]));
  }

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public boolean sharesData() {
    return false;
  }
}
