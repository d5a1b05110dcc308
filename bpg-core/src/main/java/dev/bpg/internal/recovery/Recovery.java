package dev.bpg.internal.recovery;

import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.catalog.SnapshotCatalog;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.engine.LostBranches;
import dev.bpg.internal.engine.Parts;
import dev.bpg.internal.engine.Removal;
import dev.bpg.internal.engine.SnapshotRemoval;
import dev.bpg.internal.engine.StaleIncarnations;
import dev.bpg.internal.lease.Lease;
import dev.bpg.internal.lease.Leases;
import dev.bpg.internal.lease.Reservations;
import dev.bpg.internal.lease.Reservations.Lost;
import dev.bpg.internal.pool.PoolTraces;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes or undoes what dead processes left, and only that. Safe to run by several at once. */
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Catalog catalog;
  private final SnapshotCatalog snapshots;
  private final Secrets secrets;
  private final Leases leases;
  private final Reservations reservations;
  private final LostBranches lostBranches;
  private final PoolTraces pools;
  private final Removal removal;
  private final SnapshotRemoval snapshotRemoval;
  private final StaleIncarnations stale;

  /** Recovery of a home. */
  public Recovery(
      Parts parts, Leases leases, Reservations reservations, PoolTraces pools, Removal removal) {
    this.catalog = parts.catalog();
    this.snapshots = parts.snapshots();
    this.snapshotRemoval = new SnapshotRemoval(parts);
    this.stale = new StaleIncarnations(parts);
    this.secrets = parts.secrets();
    this.leases = leases;
    this.reservations = reservations;
    this.lostBranches = new LostBranches(parts);
    this.pools = pools;
    this.removal = removal;
  }

  /**
   * Undoes what was half done, and deletes the temporary branches of all processes that are gone. A
   * branch that cannot be cleaned up is logged and left for the next time.
   *
   * @return the branches that were there; some of them may have been deleted here
   */
  public List<BranchRecord> run() throws IOException, InterruptedException {
    catalog.sweep();
    snapshots.sweep();
    secrets.sweep();
    List<Lease> dead = leases.takeOverDead();
    List<BranchRecord> records = readWith(dead);
    reclaim(dead, records, Recovery::log);
    pools.slots().sweep(leases::exists);
    removeLost(Recovery::log);
    for (BranchRecord record : records) {
      if (record.state() != State.READY) {
        attempt(record.name(), () -> removal.finishIfAbandoned(record), Recovery::log);
      } else if (!record.incarnations().stale().isEmpty()) {
        attempt(record.name(), () -> stale.settleIfAbandoned(record), Recovery::log);
      }
    }
    for (SnapshotRecord snapshot : snapshots.list()) {
      if (snapshot.state() != State.READY) {
        attempt(snapshot.id(), () -> snapshotRemoval.finishIfAbandoned(snapshot), Recovery::log);
      }
    }
    return records.stream().filter(record -> record.state() == State.READY).toList();
  }

  /**
   * Deletes all that goes with a lease whose holder is gone, and ends the lease.
   *
   * @throws BpgException if something could not be deleted; the next opening tries again
   */
  public void reclaim(Lease dead) throws IOException, InterruptedException {
    List<Exception> failures = new ArrayList<>();
    List<Lease> held = List.of(dead);
    reclaim(held, readWith(held), (subject, failure) -> failures.add(failure));
    removeLost((subject, failure) -> failures.add(failure));
    if (!failures.isEmpty()) {
      UnavailableException all =
          new UnavailableException(
              "clean up after the killed holder of lease",
              dead.id(),
              failures.size() + " of what is to be removed is left",
              "see to what the causes say; the next start of bpg tries again",
              failures.get(0));
      failures.stream().skip(1).forEach(all::addSuppressed);
      throw all;
    }
  }

  // With the leases in hand: in a list read before, the last branches of a process that died in
  // between would be missing, and nobody would ever ask for them again.
  private List<BranchRecord> readWith(List<Lease> held) throws IOException {
    try {
      return catalog.list();
    } catch (IOException | RuntimeException | Error e) {
      held.forEach(Lease::abandon);
      throw e;
    }
  }

  private void reclaim(List<Lease> dead, List<BranchRecord> records, Failures failures)
      throws IOException, InterruptedException {
    try {
      for (Lease lease : dead) {
        if (deleteAll(records, lease.id(), failures)) {
          pools.slots().releaseAll(lease.id());
          lease.close();
        }
      }
      deleteOrphans(records, failures);
      pools.clearTokens(catalog);
    } finally {
      // Held any longer, they would keep everybody else from trying again.
      dead.forEach(Lease::abandon);
    }
  }

  private boolean deleteAll(List<BranchRecord> records, String lease, Failures failures)
      throws InterruptedException {
    boolean complete = true;
    for (BranchRecord record : records) {
      if (record.owner().filter(lease::equals).isPresent()) {
        LOG.info("deleting {}, whose process is gone", record.name());
        complete &= attempt(record.name(), () -> removal.deleteTemporary(record), failures);
      }
    }
    return complete;
  }

  // A lease exists before the first record that carries it. It may be gone before the last one: a
  // record outlives a crash of the machine, and the file of a lease may not.
  private void deleteOrphans(List<BranchRecord> records, Failures failures)
      throws InterruptedException {
    for (BranchRecord record : records) {
      if (record.owner().filter(lease -> !leases.exists(lease)).isPresent()) {
        attempt(record.name(), () -> removal.deleteTemporary(record), failures);
      }
    }
  }

  // What the records know of is gone by now.
  private void removeLost(Failures failures) throws InterruptedException {
    attempt("temporary branches whose records are lost", this::removeLost, failures);
  }

  private void removeLost() throws IOException, InterruptedException {
    List<Lost> lost = reservations.left(leases::exists);
    Set<BranchId> stay =
        lostBranches.remove(
            lost.stream().flatMap(Recovery::ids).collect(Collectors.toCollection(HashSet::new)));
    for (Lost each : lost) {
      if (ids(each).noneMatch(stay::contains)) {
        reservations.forget(each);
      }
    }
  }

  // What is damaged is no id of ours.
  private static Stream<BranchId> ids(Lost lost) {
    return lost.ids().stream().filter(BranchId::isValid).map(BranchId::new);
  }

  private interface Cleanup {
    void run() throws IOException, InterruptedException;
  }

  private interface Failures {
    void add(Object subject, Exception failure);
  }

  private static void log(Object subject, Exception failure) {
    LOG.warn("could not clean up after {}; the next start of bpg tries again", subject, failure);
  }

  private static boolean attempt(Object subject, Cleanup cleanup, Failures failures)
      throws InterruptedException {
    try {
      cleanup.run();
      return true;
    } catch (IOException | BpgException e) {
      failures.add(subject, e);
      return false;
    }
  }
}
