package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.engine.Background;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.Parts;
import dev.bpg.internal.engine.Removal;
import dev.bpg.internal.engine.Timeouts;
import dev.bpg.internal.lease.Lease;
import dev.bpg.internal.lease.Leases;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.recovery.Recovery;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The one place where parts are chosen and wired. Reads from top to bottom. */
public final class Assembly {

  private final Engine engine;
  private final OwnLease lease;

  private Assembly(Engine engine, OwnLease lease) {
    this.engine = engine;
    this.lease = lease;
  }

  /** Opens a home: wires the parts and cleans up after processes that died. */
  public static Assembly open(BpgConfig config) {
    Home home = new Home(config.home());
    home.prepare(SystemUser.isRoot());
    Parts parts = parts(config, home);
    Removal removal = new Removal(parts);
    Leases leases = new Leases(home.leases());
    List<BranchRecord> found =
        recover(new Recovery(parts.catalog(), parts.secrets(), leases, removal), home);
    OwnLease lease = new OwnLease(leases, new WatchdogProcess(config, home)::start);
    Engine engine = new Engine(parts, removal, new Background(), lease);
    found.forEach(engine::watchExpiry);
    return new Assembly(engine, lease);
  }

  private static Parts parts(BpgConfig config, Home home) {
    return new Parts(
        new Catalog(home.catalog()),
        new BranchLocks(home.locks()),
        new Secrets(home.secrets()),
        new ConfiguredStorages(config),
        new ConfiguredRuntimes(config),
        new Timeouts(config.startTimeout(), config.stopTimeout()),
        Clock.systemUTC());
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
      Parts parts = parts(config, home);
      new Recovery(parts.catalog(), parts.secrets(), leases, new Removal(parts))
          .reclaim(dead.get());
    }
  }

  /** What was wired. */
  public Engine engine() {
    return engine;
  }

  /** Deletes the temporary branches that are left and lets go of the home. */
  public void close() {
    boolean clean = engine.close();
    try {
      lease.release(clean);
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
