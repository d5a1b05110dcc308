package dev.bpg.internal.catalog;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.SnapshotRetention;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the catalog knows of a schedule.
 *
 * @param name its name
 * @param branch the incarnation of the branch that snapshots are taken of, as it was when the
 *     schedule was made
 * @param cron when, as a cron expression of five fields
 * @param zone the time zone of that
 * @param mode how a running branch's data is taken
 * @param retention which snapshots stay
 * @param since the time up to which nothing is to be made up for: that of the last run
 * @param lastSuccess when a snapshot was last taken
 * @param lastFailure what went wrong at the last run, if something did
 */
public record ScheduleRecord(
    String name,
    BranchId branch,
    String cron,
    ZoneId zone,
    BranchMode mode,
    SnapshotRetention retention,
    Instant since,
    Optional<Instant> lastSuccess,
    Optional<Failure> lastFailure) {

  /** A run that failed. */
  public record Failure(Instant at, String message) {}

  /** The same after a run that succeeded. */
  public ScheduleRecord succeeded(Instant due, Instant at) {
    return new ScheduleRecord(
        name, branch, cron, zone, mode, retention, due, Optional.of(at), Optional.empty());
  }

  /** The same after a run that failed. */
  public ScheduleRecord failed(Instant due, Instant at, String message) {
    return new ScheduleRecord(
        name,
        branch,
        cron,
        zone,
        mode,
        retention,
        due,
        lastSuccess,
        Optional.of(new Failure(at, message)));
  }
}
