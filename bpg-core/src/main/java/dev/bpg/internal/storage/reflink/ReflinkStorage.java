package dev.bpg.internal.storage.reflink;

import dev.bpg.internal.platform.NativeFile;
import dev.bpg.internal.storage.FileByFileStorage;
import dev.bpg.internal.storage.StorageProbe;
import dev.bpg.internal.storage.VolumeSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Volumes as plain folders, clones whose files share their data with the source until either is
 * written to: on xfs, btrfs, bcachefs and other file systems that know {@code FICLONE}. Never
 * copies silently. Safe for use by several threads and processes.
 */
public final class ReflinkStorage extends FileByFileStorage {

  // Two blocks: btrfs keeps less within its metadata, where cloning works by other rules.
  private static final int TRIAL_BYTES = 8192;

  /** Keeps volumes below a folder, which is made when the first volume is. */
  public ReflinkStorage(Path root) {
    super(root, new SharedContent(), VolumeSpace.EXTENTS);
  }

  /** What keeps this storage from working below a folder, tried by cloning a file; or nothing. */
  public static Optional<String> missing(Path root) {
    return StorageProbe.missing(root, "shared file contents", ReflinkStorage::cloneFile);
  }

  private static void cloneFile(Path folder) throws IOException {
    String source = folder.resolve("source").toString();
    String target = folder.resolve("target").toString();
    try (NativeFile file = NativeFile.create(source, 0600)) {
      file.write(new byte[TRIAL_BYTES]);
    }
    try (NativeFile from = NativeFile.open(source);
        NativeFile to = NativeFile.create(target, 0600)) {
      to.cloneFrom(from);
    }
  }

  @Override
  public String name() {
    return "reflink";
  }

  @Override
  public boolean sharesData() {
    return true;
  }
}
