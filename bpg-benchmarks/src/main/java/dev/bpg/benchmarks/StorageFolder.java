package dev.bpg.benchmarks;

import dev.bpg.config.StorageType;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.copy.CopyStorage;
import dev.bpg.internal.storage.reflink.ReflinkStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A storage to measure, and where.
 *
 * @param type the storage
 * @param folder a folder of a file system that can do it
 */
record StorageFolder(StorageType type, Path folder) {

  /** What works in a folder. */
  static List<StorageFolder> all(Path folder) {
    List<StorageFolder> found = new ArrayList<>();
    for (StorageType type : List.of(StorageType.BTRFS, StorageType.REFLINK, StorageType.COPY)) {
      StorageFolder candidate = new StorageFolder(type, folder);
      if (candidate.missing().isEmpty()) {
        found.add(candidate);
      }
    }
    return found;
  }

  /** What was asked for by name. */
  static List<StorageFolder> of(Map<String, Path> folders) {
    return folders.entrySet().stream()
        .map(
            entry ->
                new StorageFolder(
                    StorageType.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                    entry.getValue().toAbsolutePath()))
        .toList();
  }

  /** What the folder lacks for it, if anything. */
  private Optional<String> missing() {
    return switch (type) {
      case BTRFS -> BtrfsStorage.missing(folder);
      case REFLINK -> ReflinkStorage.missing(folder);
      case COPY -> CopyStorage.missing(folder);
      case AUTO, ZFS -> Optional.of("not one that a folder has by itself");
    };
  }

  boolean isAtomic() {
    return type == StorageType.BTRFS;
  }

  /** Its name, as in the configuration. */
  String name() {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
