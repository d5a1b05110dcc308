package dev.bpg.testing;

import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.engine.Background;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.Parts;
import dev.bpg.internal.engine.Removal;
import dev.bpg.internal.engine.Runtimes;
import dev.bpg.internal.engine.Storages;
import dev.bpg.internal.engine.Timeouts;
import dev.bpg.internal.lease.Leases;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.recovery.Recovery;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.copy.CopyStorage;
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

  private WiredHome(
      Path folder, Storage storage, ServerRuntime runtime, Faults faults, Clock clock) {
    new Home(folder).prepare(SystemUser.isRoot());
    Home home = new Home(FaultyFiles.of(folder, faults));
    parts =
        new Parts(
            new Catalog(home.catalog()),
            new BranchLocks(home.locks()),
            new Secrets(home.secrets()),
            only(storage),
            only(runtime),
            new Timeouts(TIMEOUT, TIMEOUT),
            clock);
    Removal removal = new Removal(parts);
    Leases leases = new Leases(home.leases());
    recovery = new Recovery(parts.catalog(), parts.secrets(), leases, removal);
    lease = new OwnLease(leases, taken -> {});
    background = new Background();
    engine = new Engine(parts, removal, background, lease);
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

  /** One with Postgres servers, on the storage {@code btrfs} or {@code copy}. */
  public static WiredHome ofPostgres(Path folder, Path cache, String storage, Faults faults) {
    Storage real =
        storage.equals("btrfs")
            ? faults.around(AtomicStorage.class, new BtrfsStorage(volumes(folder)))
            : faults.around(OnlineCopyStorage.class, new CopyStorage(volumes(folder)));
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
    lease.release(false);
  }

  /** Ends in good order. */
  public void close() throws IOException {
    lease.release(engine.close());
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
    };
  }
}
