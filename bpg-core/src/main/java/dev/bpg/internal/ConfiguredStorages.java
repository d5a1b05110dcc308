package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.engine.Storages;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.copy.CopyStorage;
import dev.bpg.internal.storage.reflink.ReflinkStorage;
import dev.bpg.storage.Storage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storages under the configured folder. Which one new databases get is found out when the first
 * one is made, because finding out writes to the disk: what the configuration names, else the best
 * that works there. Safe for use by several threads.
 */
final class ConfiguredStorages implements Storages {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredStorages.class);

  private final StorageType wanted;
  private final Path root;
  private final Map<String, Storage> byName;
  private @Nullable Storage preferred;

  ConfiguredStorages(BpgConfig config) {
    this.wanted = config.storage();
    this.root = config.storagePath();
    this.byName =
        Map.of(
            "btrfs", new BtrfsStorage(root),
            "reflink", new ReflinkStorage(root),
            "copy", new CopyStorage(root));
  }

  @Override
  public synchronized Storage preferred() {
    if (preferred == null) {
      preferred =
          switch (wanted) {
            case AUTO -> best();
            case BTRFS -> asked("btrfs", BtrfsStorage::missing);
            case REFLINK -> asked("reflink", ReflinkStorage::missing);
            case COPY -> asked("copy", CopyStorage::missing);
          };
    }
    return preferred;
  }

  private Storage best() {
    Optional<String> noBtrfs = BtrfsStorage.missing(root);
    if (noBtrfs.isEmpty()) {
      LOG.info("new databases go to storage btrfs in {}: it has subvolumes", root);
      return named("btrfs");
    }
    Optional<String> noReflink = ReflinkStorage.missing(root);
    if (noReflink.isEmpty()) {
      LOG.info(
          "new databases go to storage reflink in {}: not btrfs, because {}", root, noBtrfs.get());
      return named("reflink");
    }
    LOG.info(
        "new databases go to storage copy in {}: not btrfs, because {}; not reflink, because {}",
        root,
        noBtrfs.get(),
        noReflink.get());
    return asked("copy", CopyStorage::missing);
  }

  private Storage asked(String name, Function<Path, Optional<String>> probe) {
    Optional<String> missing = probe.apply(root);
    if (missing.isPresent()) {
      throw new UnavailableException(
          "use the storage " + name + " in",
          root.toString(),
          missing.get(),
          "set storage.path to a folder that can, or storage.type to auto");
    }
    return named(name);
  }

  @Override
  public Storage named(String name) {
    Storage storage = byName.get(name);
    if (storage == null) {
      throw new UnavailableException(
          "use the storage",
          name,
          "this bpg has no storage of that name",
          "use the bpg that made the branch");
    }
    return storage;
  }
}
