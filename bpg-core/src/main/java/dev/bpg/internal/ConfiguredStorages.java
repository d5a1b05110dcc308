package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.health.Choice;
import dev.bpg.internal.engine.Storages;
import dev.bpg.internal.storage.FolderImport;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.copy.CopyStorage;
import dev.bpg.internal.storage.reflink.ReflinkStorage;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storages under the configured folder. Which one new databases get is found out when the first
 * one is made, because finding out writes to the disk: what the configuration names, ZFS if it
 * names a dataset, else the best that works there. Safe for use by several threads.
 */
final class ConfiguredStorages implements Storages {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredStorages.class);

  private final StorageType wanted;
  private final Path root;
  private final StorageTenants tenants;
  private final Optional<ZfsStorage> zfs;
  private final Map<String, Storage> byName;
  private @Nullable Storage preferred;
  private String reason = "";

  ConfiguredStorages(BpgConfig config) {
    this.wanted = config.storage();
    this.root = config.storagePath();
    this.tenants = new StorageTenants(root, config.home());
    this.zfs = config.zfsDataset().map(dataset -> new ZfsStorage(dataset, root));
    this.byName =
        Stream.of(
                Stream.of(new BtrfsStorage(root), new ReflinkStorage(root), new CopyStorage(root)),
                zfs.stream())
            .<Storage>flatMap(storages -> storages)
            .collect(Collectors.toMap(Storage::name, storage -> storage));
  }

  @Override
  public synchronized Storage preferred() {
    if (preferred == null) {
      preferred =
          switch (wanted) {
            case AUTO -> zfs.isPresent() ? zfs() : best();
            case BTRFS -> asked("btrfs", BtrfsStorage::missing);
            case REFLINK -> asked("reflink", ReflinkStorage::missing);
            case COPY -> asked("copy", CopyStorage::missing);
            case ZFS -> zfs();
          };
    }
    return preferred;
  }

  // Its dataset was asked for, so there is nothing to fall back to.
  private Storage zfs() {
    ZfsStorage storage = zfs.orElseThrow();
    String version = storage.requireUsable();
    return picked(
        storage, storage.dataset() + " is configured, and OpenZFS " + version + " is here");
  }

  private Storage best() {
    Optional<String> noBtrfs = BtrfsStorage.missing(root);
    if (noBtrfs.isEmpty()) {
      return picked(named("btrfs"), root + " has subvolumes");
    }
    Optional<String> noReflink = ReflinkStorage.missing(root);
    String notBtrfs = "not btrfs in " + root + ", because " + noBtrfs.get();
    if (noReflink.isEmpty()) {
      return picked(named("reflink"), notBtrfs);
    }
    requireUsable("copy", CopyStorage::missing);
    return picked(named("copy"), notBtrfs + "; not reflink, because " + noReflink.get());
  }

  // What the log says and what describe() says.
  private Storage picked(Storage storage, String why) {
    tenants.register();
    reason = why;
    LOG.info("new databases go to storage {}: {}", storage.name(), why);
    return storage;
  }

  /** What new databases get, and why; never throws for what is missing. */
  synchronized Choice choice() {
    try {
      return new Choice(Optional.of(preferred().name()), reason);
    } catch (BpgException e) {
      return new Choice(Optional.empty(), e.reason());
    }
  }

  /** Whether each storage works here: by name, what it lacks. Leaves nothing behind. */
  Map<String, Optional<String>> examine() {
    Map<String, Optional<String>> lacking = new LinkedHashMap<>();
    lacking.put("zfs", zfs.isEmpty() ? Optional.of("no zfs.dataset is configured") : zfsLacks());
    lacking.put("btrfs", BtrfsStorage.missing(root));
    lacking.put("reflink", ReflinkStorage.missing(root));
    lacking.put("copy", CopyStorage.missing(root));
    return lacking;
  }

  private Optional<String> zfsLacks() {
    try {
      zfs.orElseThrow().requireUsable();
      return Optional.empty();
    } catch (BpgException e) {
      return Optional.of(e.reason());
    }
  }

  private Storage asked(String name, Function<Path, Optional<String>> probe) {
    requireUsable(name, probe);
    return picked(named(name), "storage.type says so, and it works in " + root);
  }

  private void requireUsable(String name, Function<Path, Optional<String>> probe) {
    Optional<String> missing = probe.apply(root);
    if (missing.isPresent()) {
      throw new UnavailableException(
          "use the storage " + name + " in",
          root.toString(),
          missing.get(),
          "set storage.path to a folder that can, or storage.type to auto");
    }
  }

  // The volumes of the three storages of folders lie beside each other and look alike; the one that
  // works everywhere finds and deletes them all.
  @Override
  public List<Storage> places() {
    return Stream.concat(zfs.stream(), Stream.of(named("copy"))).toList();
  }

  @Override
  public void fill(Path source, Path data, LongConsumer bytes)
      throws IOException, InterruptedException {
    FolderImport.run(source, data, bytes);
  }

  @Override
  public List<Path> neighbours(Storage place) {
    return tenants.others();
  }

  @Override
  public Storage named(String name) {
    Storage storage = byName.get(name);
    if (storage == null && name.equals("zfs")) {
      throw new UnavailableException(
          "use the storage",
          name,
          "there is no dataset for its volumes in the configuration",
          "set zfs.dataset to the one that the branch was made with");
    }
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
