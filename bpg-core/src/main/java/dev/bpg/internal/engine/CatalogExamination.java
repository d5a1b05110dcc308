package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.health.Orphan;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at what is recorded, and whether it is there. Changes nothing. */
public final class CatalogExamination {

  private final Parts parts;
  private final BranchHealth health;

  /** An examination of these parts. */
  public CatalogExamination(Parts parts) {
    this.parts = parts;
    this.health = new BranchHealth(parts);
  }

  /** The records: those that cannot be read, and those that are half done. */
  public List<Finding> records() throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<BpgException> unreadable = new ArrayList<>(parts.catalog().unreadable());
    unreadable.addAll(parts.snapshots().unreadable());
    for (BpgException e : unreadable) {
      findings.add(Finding.problem(Area.CATALOG, e.subject() + ": " + e.reason(), e.hint()));
    }
    List<BranchRecord> branches = parts.catalog().list();
    for (BranchRecord branch : branches) {
      if (branch.state() != State.READY && isAbandoned(branch)) {
        findings.add(halfDone("branch " + branch.name(), branch.state()));
      }
    }
    List<SnapshotRecord> snapshots = parts.snapshots().list();
    for (SnapshotRecord snapshot : snapshots) {
      findings.addAll(of(snapshot));
    }
    findings.add(
        Finding.ok(
            Area.CATALOG,
            "%d branches and %d snapshots can be read"
                .formatted(branches.size(), snapshots.size())));
    return findings;
  }

  private List<Finding> of(SnapshotRecord snapshot) throws IOException {
    String name = "snapshot " + snapshot.id();
    if (snapshot.state() != State.READY) {
      return isAbandoned(snapshot) ? List.of(halfDone(name, snapshot.state())) : List.of();
    }
    return parts.storage(snapshot).dataFolder(snapshot.id()).isPresent()
        ? List.of()
        : List.of(
            Finding.problem(
                Area.CATALOG,
                name + ": its volume is missing on the storage " + snapshot.storage(),
                "check storage.path in the configuration, or delete the snapshot"));
  }

  // Whoever works on it holds its lock.
  private boolean isAbandoned(BranchRecord branch) throws IOException {
    try (LockFile free = parts.locks().tryExclusive(branch.name()).orElse(null)) {
      return free != null
          && parts
              .catalog()
              .find(branch.name())
              .filter(found -> found.state() != State.READY)
              .isPresent();
    }
  }

  private boolean isAbandoned(SnapshotRecord snapshot) throws IOException {
    try (LockFile free = parts.locks().tryExclusiveOfSnapshot(snapshot.id()).orElse(null)) {
      return free != null
          && parts
              .snapshots()
              .find(snapshot)
              .filter(found -> found.state() != State.READY)
              .isPresent();
    }
  }

  private static Finding halfDone(String name, State state) {
    return Finding.warning(
        Area.CATALOG,
        name + " was left half done: " + state.name().toLowerCase(Locale.ROOT),
        "open bpg once more, which finishes it");
  }

  /** The branches that are not healthy; what cannot be asked about one is told of it alone. */
  public List<Finding> branches() throws IOException {
    List<Finding> findings = new ArrayList<>();
    int all = 0;
    for (BranchRecord branch : parts.catalog().list()) {
      if (branch.state() == State.READY) {
        of(branch).ifPresent(findings::add);
        all++;
      }
    }
    findings.add(
        Finding.ok(Area.BRANCHES, "healthy: %d of %d".formatted(all - findings.size(), all)));
    return findings;
  }

  private Optional<Finding> of(BranchRecord branch) throws IOException {
    try {
      BranchStatus status = health.of(branch);
      return status.isHealthy()
          ? Optional.empty()
          : Optional.of(finding(branch.name() + ": " + status.reason(), status));
    } catch (BpgException e) {
      return Optional.of(
          Finding.problem(Area.BRANCHES, branch.name() + ": " + e.reason(), e.hint()));
    }
  }

  private static Finding finding(String text, BranchStatus status) {
    return switch (status.health()) {
      case VOLUME_MISSING ->
          Finding.problem(
              Area.BRANCHES, text, "check storage.path in the configuration, or delete the branch");
      case DATA_DAMAGED ->
          Finding.problem(Area.BRANCHES, text, "put its data back, or delete the branch");
      case ARCHIVE_MISSING ->
          Finding.problem(
              Area.BRANCHES,
              text,
              "put its archive back, or call restart() on the branch, which begins a new one");
      case DRIFT -> Finding.warning(Area.BRANCHES, text, "call restart() on the branch");
      case NOT_READY, PORT_MISSING ->
          Finding.warning(Area.BRANCHES, text, "look again; then call restart() on the branch");
      default -> Finding.warning(Area.BRANCHES, text, "call start() on the branch");
    };
  }

  /** What carries an id of ours and is in no record. */
  public List<Finding> orphans() throws IOException {
    List<Orphan> orphans = new Orphans(parts).find();
    if (orphans.isEmpty()) {
      return List.of(Finding.ok(Area.ORPHANS, "there are none"));
    }
    return orphans.stream()
        .map(
            orphan ->
                orphan.kind() == Orphan.Kind.LOCK
                    ? Finding.ok(Area.ORPHANS, orphan.toString())
                    : Finding.warning(
                        Area.ORPHANS,
                        orphan.toString(),
                        "remove it with Bpg.removeOrphans() if nobody misses it"))
        .toList();
  }
}
