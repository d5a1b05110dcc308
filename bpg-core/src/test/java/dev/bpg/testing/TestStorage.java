package dev.bpg.testing;

import dev.bpg.config.StorageType;
import java.io.IOException;
import java.nio.file.Path;

/** The storages, each on a file system that it works on. */
public enum TestStorage {
  /** Plain copies, on any file system. */
  COPY(StorageType.COPY, false, false),
  /** Files that share their blocks, on xfs. */
  REFLINK(StorageType.REFLINK, false, true),
  /** Snapshots of subvolumes. */
  BTRFS(StorageType.BTRFS, true, true);

  private final StorageType type;
  private final boolean atomic;
  private final boolean sharing;

  TestStorage(StorageType type, boolean atomic, boolean sharing) {
    this.type = type;
    this.atomic = atomic;
    this.sharing = sharing;
  }

  /** Its name in the configuration. */
  public StorageType type() {
    return type;
  }

  /** Whether it takes a volume at one instant. */
  public boolean isAtomic() {
    return atomic;
  }

  /** Whether a branch shares with its parent what neither has written. */
  public boolean isSharing() {
    return sharing;
  }

  Path newFolder() throws IOException {
    return switch (this) {
      case COPY -> RealStorages.anywhere();
      case REFLINK -> RealStorages.onXfs();
      case BTRFS -> RealStorages.onBtrfs();
    };
  }
}
