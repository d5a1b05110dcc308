package dev.bpg.internal.engine;

import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.BranchRequest;
import java.util.List;
import java.util.Optional;

/** The snapshots and marks of branches. Thread-safe. */
public final class BranchSnapshots {

  private final Parts parts;
  private final SnapshotCreation creation;
  private final Marks marks;
  private final Changes changes;

  BranchSnapshots(Parts parts, SnapshotCreation creation, Changes changes) {
    this.parts = parts;
    this.creation = creation;
    this.marks = new Marks(parts, creation);
    this.changes = changes;
  }

  /** Takes a snapshot of a branch. */
  public SnapshotRecord create(SnapshotRequest request) {
    return changes.snapshot(
        Kind.SNAPSHOT_TAKEN,
        "take a snapshot of",
        request.branch().name(),
        () -> creation.create(request));
  }

  /** Those that are there, of all branches. */
  public SnapshotListing list() {
    return Attempt.to("list", "all snapshots", () -> SnapshotListing.of(parts));
  }

  /** The snapshot of its parent that a request names; empty if it names none. */
  public Optional<SnapshotRecord> named(BranchRequest request, BranchRecord parent) {
    return request
        .snapshot()
        .map(
            wanted ->
                Attempt.to(
                    "branch", request.parent(), () -> CloneSource.find(parts, parent, wanted)));
  }

  /** Deletes a snapshot. */
  public void delete(SnapshotRecord snapshot) {
    changes.one(
        Kind.SNAPSHOT_DELETED,
        "delete snapshot",
        snapshot.id(),
        snapshot.id(),
        () -> {
          new SnapshotRemoval(parts).delete(snapshot);
          return snapshot;
        });
  }

  /** Marks a branch as it is now. */
  public void mark(BranchRecord branch, String name) {
    changes.snapshot(
        Kind.SNAPSHOT_TAKEN, "mark branch", branch.name(), () -> marks.create(branch, name));
  }

  /** The names of a branch's marks, the oldest first. */
  public List<String> marks(BranchRecord branch) {
    return Attempt.to("list the marks of", branch.name(), () -> marks.names(branch));
  }

  /** Deletes a mark of a branch. */
  public void deleteMark(BranchRecord branch, String name) {
    changes.snapshot(
        Kind.SNAPSHOT_DELETED, "delete a mark of", branch.name(), () -> marks.delete(branch, name));
  }
}
