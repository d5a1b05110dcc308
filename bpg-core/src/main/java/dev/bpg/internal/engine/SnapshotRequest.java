package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord.Mark;
import dev.bpg.model.BranchMode;
import java.util.Optional;

/**
 * What a caller asked for.
 *
 * @param branch the branch to take one of
 * @param label what to call it
 * @param schedule the schedule that asks, when one does
 * @param mark what makes it a mark, when it is one
 * @param mode how to take a running branch's data
 */
public record SnapshotRequest(
    BranchRecord branch,
    Optional<String> label,
    Optional<String> schedule,
    Optional<Mark> mark,
    BranchMode mode) {

  /** A request for a snapshot that is no mark. */
  public SnapshotRequest(
      BranchRecord branch, Optional<String> label, Optional<String> schedule, BranchMode mode) {
    this(branch, label, schedule, Optional.empty(), mode);
  }
}
