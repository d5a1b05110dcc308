package dev.bpg.internal;

import dev.bpg.config.ArchiveConfig;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.UnavailableException;
import dev.bpg.health.Description;
import dev.bpg.health.DoctorReport;
import dev.bpg.internal.catalog.ArchivePolicy;
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
import dev.bpg.internal.engine.TemplateBounds;
import dev.bpg.internal.engine.Timeouts;
import dev.bpg.internal.lease.Lease;
import dev.bpg.internal.lease.Leases;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.lease.Reservations;
import dev.bpg.internal.lease.Slots;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.pool.PoolTraces;
import dev.bpg.internal.pool.Pools;
import dev.bpg.internal.recovery.Recovery;
import dev.bpg.internal.tls.Certificates;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The one place where parts are chosen and wired. Reads from top to bottom. */
public final class Assembly {

  private final Engine engine;
  private final Pools pools;
  private final Slots slots;
  private final OwnLease lease;
  private final Doctor doctor;

  private Assembly(Engine engine, Pools pools, Slots slots, OwnLease lease, Doctor doctor) {
    this.engine = engine;
    this.pools = pools;
    this.slots = slots;
    this.lease = lease;
    this.doctor = doctor;
  }

  /** Opens a home: wires the parts and cleans up after processes that died. */
  public static Assembly open(BpgConfig config) {
    Home home = new Home(config.home());
    home.prepare(SystemUser.isRoot());
    ConfiguredStorages storages = new ConfiguredStorages(config);
    ConfiguredRuntimes runtimes = new ConfiguredRuntimes(config);
    Parts parts = parts(config, home, storages, runtimes);
    Removal removal = new Removal(parts);
    Leases leases = new Leases(home.leases());
    Slots slots = new Slots(home.slots());
    PoolTraces traces = new PoolTraces(slots, home.pools());
    Reservations reservations = reservations(config, home);
    List<BranchRecord> found =
        recover(new Recovery(parts, leases, reservations, traces, removal), home);
    OwnLease lease =
        new OwnLease(
            leases,
            reservations,
            () -> BranchId.random().value(),
            new WatchdogProcess(config, home)::start);
    Engine engine =
        new Engine(parts, removal, new Background(), lease, new LeasedIds(lease, reservations));
    found.forEach(engine::watch);
    engine.schedules().watch();
    Pools pools = new Pools(engine, slots, lease, home.pools());
    Doctor doctor = new Doctor(config, parts, storages, runtimes);
    return new Assembly(engine, pools, slots, lease, doctor);
  }

  private static Parts parts(
      BpgConfig config, Home home, ConfiguredStorages storages, ConfiguredRuntimes runtimes) {
    return new Parts(
        new Catalog(home.catalog()),
        new SnapshotCatalog(home.snapshots()),
        new ScheduleCatalog(home.schedules()),
        new Archives(home.archives(), name -> policy(config.database(name).archive())),
        new BranchLocks(home.locks()),
        new Secrets(home.secrets()),
        config.passwordProvider(),
        new Certificates(home.certificates(), name -> config.database(name).tls().orElseThrow()),
        storages,
        runtimes,
        new Timeouts(config.startTimeout(), config.stopTimeout()),
        Clock.systemUTC(),
        new TemplateUses(home.templates(), Clock.systemUTC()),
        new TemplateBounds(config.templates().unusedFor(), config.templates().maxSize()));
  }

  private static Reservations reservations(BpgConfig config, Home home) {
    return new Reservations(home.reservations(), config.storagePath(), config.zfsDataset());
  }

  private static ArchivePolicy policy(ArchiveConfig said) {
    return new ArchivePolicy(
        said.compression().orElse(ArchivePolicy.DEFAULT.compression()),
        said.timeout().orElse(ArchivePolicy.DEFAULT.timeout()));
  }

  private static List<BranchRecord> recover(Recovery recovery, Home home) {
    try {
      return recovery.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new dev.bpg.error.CancelledException(
          "open the home folder",
          home.folder().toString(),
          "the thread was interrupted",
          "open it again if it is still wanted",
          e);
    } catch (IOException e) {
      throw new UnavailableException(
          "open the home folder",
          home.folder().toString(),
          e.toString(),
          "make it writable, or name another one with BPG_HOME",
          e);
    }
  }

  /** Waits for another process's lease to end, and cleans up if that process did not. */
  static void watch(BpgConfig config, String leaseId) throws IOException, InterruptedException {
    Home home = new Home(config.home());
    Leases leases = new Leases(home.leases());
    Optional<Lease> dead = leases.await(leaseId);
    if (dead.isPresent()) {
      Parts parts =
          parts(config, home, new ConfiguredStorages(config), new ConfiguredRuntimes(config));
      PoolTraces traces = new PoolTraces(new Slots(home.slots()), home.pools());
      Reservations reservations = reservations(config, home);
      new Recovery(parts, leases, reservations, traces, new Removal(parts)).reclaim(dead.get());
    }
  }

  /** What was wired. */
  public Engine engine() {
    return engine;
  }

  /** What is started ahead. */
  public Pools pools() {
    return pools;
  }

  /** Looks at everything that bpg rests on. */
  public DoctorReport examine() {
    return doctor.examine();
  }

  /** What new databases get, and why. */
  public Description describe() {
    return doctor.describe();
  }

  /** Deletes the temporary branches that are left and lets go of the home. */
  public void close() {
    pools.close();
    boolean done = engine.close();
    try {
      new LeaseEnd(engine, slots, lease).run(done);
    } catch (IOException e) {
      throw new UnavailableException(
          "close the home folder",
          "of bpg",
          e.toString(),
          "nothing is left running; the next start of bpg tidies up",
          e);
    }
  }
}
