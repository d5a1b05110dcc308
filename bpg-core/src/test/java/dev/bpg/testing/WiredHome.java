package dev.bpg.testing;

import dev.bpg.internal.LeaseEnd;
import dev.bpg.internal.LeasedIds;
import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.catalog.ScheduleCatalog;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.catalog.SnapshotCatalog;
import dev.bpg.internal.catalog.TemplateUses;
import dev.bpg.internal.engine.Archives;
import dev.bpg.internal.engine.Background;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.Parts;
import dev.bpg.internal.engine.Removal;
import dev.bpg.internal.engine.Runtimes;
import dev.bpg.internal.engine.Storages;
import dev.bpg.internal.engine.TemplateBounds;
import dev.bpg.internal.engine.Timeouts;
import dev.bpg.internal.lease.Leases;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.lease.Reservations;
import dev.bpg.internal.lease.Slots;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.pool.PoolTraces;
import dev.bpg.internal.recovery.Recovery;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.internal.storage.FolderImport;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.copy.CopyStorage;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.internal.tls.Certificates;
import dev.bpg.model.BranchId;
import dev.bpg.model.Tls;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.OnlineCopyStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A home wired as {@code Assembly} does it, but with faults around the storage, the runtime and the
 * files, and without a watchdog. Nothing is recovered unless {@link #recover} is called.
 */
public final class WiredHome {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Parts parts;
  private final Recovery recovery;
  private final OwnLease lease;
  private final Background background;
  private final Engine engine;
  private final Slots slots;

  private WiredHome(
      Path folder, Storage storage, ServerRuntime runtime, Faults faults, Clock clock) {
    new Home(folder).prepare(SystemUser.isRoot());
    Home home = new Home(FaultyFiles.of(folder, faults));
    parts =
        new Parts(
            new Catalog(home.catalog()),
            new SnapshotCatalog(home.snapshots()),
            new ScheduleCatalog(home.schedules()),
            new Archives(home.archives()),
            new BranchLocks(home.locks()),
            new Secrets(home.secrets()),
            Optional.empty(),
            new Certificates(home.certificates(), name -> Tls.off()),
            only(storage),
            only(runtime),
            new Timeouts(TIMEOUT, TIMEOUT),
            clock,
            new TemplateUses(home.templates(), clock),
            new TemplateBounds(Duration.ofDays(7), Long.MAX_VALUE));
    Removal removal = new Removal(parts);
    slots = new Slots(home.slots());
    Leases leases = new Leases(home.leases());
    Reservations reservations =
        new Reservations(
            home.reservations(),
            volumes(folder),
            Optional.of(storage.name())
                .filter("zfs"::equals)
                .map(zfs -> RealStorages.datasetOf(folder)));
    recovery =
        new Recovery(parts, leases, reservations, new PoolTraces(slots, home.pools()), removal);
    lease = new OwnLease(leases, reservations, () -> BranchId.random().value(), taken -> {});
    background = new Background();
    engine = new Engine(parts, removal, background, lease, new LeasedIds(lease, reservations));
  }

  /** One with servers that are files, and a storage that copies and is said to be atomic. */
  public static WiredHome ofFiles(Path folder, Faults faults) {
    return ofFiles(folder, faults, Clock.systemUTC());
  }

  /** The same by another clock. */
  public static WiredHome ofFiles(Path folder, Faults faults, Clock clock) {
    return new WiredHome(
        folder,
        faults.around(AtomicStorage.class, new CopyStorage(volumes(folder))),
        faults.around(ServerRuntime.class, new FileRuntime(servers(folder))),
        faults,
        clock);
  }

  /** One with Postgres servers, on the storage {@code btrfs}, {@code zfs} or {@code copy}. */
  public static WiredHome ofPostgres(Path folder, Path cache, String storage, Faults faults) {
    Path volumes = volumes(folder);
    Storage real =
        switch (storage) {
          case "btrfs" -> faults.around(AtomicStorage.class, new BtrfsStorage(volumes));
          case "zfs" ->
              faults.around(
                  AtomicStorage.class, new ZfsStorage(RealStorages.datasetOf(folder), volumes));
          default -> faults.around(OnlineCopyStorage.class, new CopyStorage(volumes));
        };
    ProcessRuntime runtime =
        new ProcessRuntime(ProcessOptions.of(folder, cache, Optional.empty(), Optional.empty()));
    return new WiredHome(
        folder, real, faults.around(ServerRuntime.class, runtime), faults, Clock.systemUTC());
  }

  /** Where the volumes of a home are. */
  public static Path volumes(Path folder) {
    return folder.resolve("volumes");
  }

  /** Where the servers of a home are. */
  public static Path servers(Path folder) {
    return folder.resolve("servers");
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** Does what opening does for processes that died. */
  public List<BranchRecord> recover() throws IOException, InterruptedException {
    return recovery.run();
  }

  /** Ends as a killed process does: temporary branches stay, the lease can be taken over. */
  public void abandon() throws IOException {
    background.close();
    lease.release(false, List.of());
  }

  /** Ends in good order. */
  public void close() throws IOException {
    new LeaseEnd(engine, slots, lease).run(engine.close());
  }

  private static Storages only(Storage storage) {
    return new Storages() {
      @Override
      public Storage preferred() {
        return storage;
      }

      @Override
      public Storage named(String name) {
        return storage;
      }

      @Override
      public List<Storage> places() {
        return List.of(storage);
      }

      @Override
      public void fill(Path source, Path data, LongConsumer bytes)
          throws IOException, InterruptedException {
        FolderImport.run(source, data, bytes);
      }

      @Override
      public List<Path> neighbours(Storage place) {
        return List.of();
      }
    };
  }

  private static Runtimes only(ServerRuntime runtime) {
    return new Runtimes() {
      @Override
      public ServerRuntime preferred() {
        return runtime;
      }

      @Override
      public ServerRuntime named(String name) {
        return runtime;
      }

      @Override
      public List<ServerRuntime> usable() {
        return List.of(runtime);
      }
    };
  }
}
