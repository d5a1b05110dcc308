package dev.bpg.internal.catalog;

import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * What the catalog knows of a snapshot: a volume with a branch's data as of one moment, on which no
 * server runs.
 *
 * @param id its id, which names its volume
 * @param branch the incarnation of the branch that it was taken of
 * @param label what it was called; several may be called the same
 * @param schedule the schedule that took it, when one did
 * @param mark what makes it a mark of its branch, when it is one
 * @param state how far it is
 * @param storage the name of the storage that keeps its volume
 * @param runtime the name of the runtime that can run a server on a clone of it
 * @param build the build of Postgres that its data belongs to
 * @param settings the branch's server settings as they were
 * @param origin how and when it was taken, and from where in the WAL; the time is one before which
 *     nothing of it was written that was not committed by then
 * @param finishedAt a time when it had been taken: all that it contains was committed before
 * @param timeline the timeline of the WAL that it belongs to
 * @param size the bytes that it refers to, shared or not; 0 of a mark
 * @param createdAt when its creation began
 */
public record SnapshotRecord(
    BranchId id,
    BranchId branch,
    Optional<String> label,
    Optional<String> schedule,
    Optional<Mark> mark,
    State state,
    String storage,
    String runtime,
    PostgresBuild build,
    ServerSettings settings,
    BranchOrigin origin,
    Instant finishedAt,
    int timeline,
    long size,
    Instant createdAt) {

  /**
   * What makes a snapshot a mark: a state that its branch is set back to, and that is used for
   * nothing else.
   *
   * @param name what its branch calls it; no two of one branch are called the same
   * @param origin the origin that the branch had
   */
  public record Mark(String name, BranchOrigin origin) {}

  /** The same, being deleted. */
  public SnapshotRecord deleting() {
    return with(State.DELETING, origin, finishedAt, timeline, size);
  }

  /** The same, taken. */
  public SnapshotRecord taken(BranchOrigin how, Instant end, int ofTimeline, long bytes) {
    return with(State.READY, how, end, ofTimeline, bytes);
  }

  private SnapshotRecord with(
      State newState, BranchOrigin newOrigin, Instant newEnd, int newTimeline, long newSize) {
    return new SnapshotRecord(
        id,
        branch,
        label,
        schedule,
        mark,
        newState,
        storage,
        runtime,
        build,
        settings,
        newOrigin,
        newEnd,
        newTimeline,
        newSize,
        createdAt);
  }
}
