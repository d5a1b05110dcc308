package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.ScheduleRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import java.time.Instant;
import java.util.List;

/** The schedules by which snapshots of branches are taken. Thread-safe. */
public final class BranchSchedules {

  private final Parts parts;
  private final Schedules schedules;
  private final BranchLookup branches;
  private final BranchSnapshots snapshots;

  BranchSchedules(
      Parts parts, Schedules schedules, BranchLookup branches, BranchSnapshots snapshots) {
    this.parts = parts;
    this.schedules = schedules;
    this.branches = branches;
    this.snapshots = snapshots;
  }

  /** Has snapshots of a branch taken again and again. */
  public ScheduleRecord create(ScheduleRequest request) {
    BranchRecord branch = branches.get(request.branch());
    return Attempt.to("create schedule", request.name(), () -> schedules.create(request, branch));
  }

  /** The schedule of a name. */
  public ScheduleRecord get(String name) {
    return Attempt.to("find schedule", name, () -> schedules.find("find schedule", name));
  }

  /** All schedules, by name. */
  public List<ScheduleRecord> list() {
    return Attempt.to("list", "all schedules", () -> parts.schedules().list());
  }

  /** When a schedule runs next. */
  public Instant next(ScheduleRecord schedule) {
    return schedules.next(schedule);
  }

  /** Runs the schedules that are due, and returns what was taken. */
  public SnapshotListing runDue() {
    List<SnapshotRecord> taken = Attempt.to("run", "the schedules that are due", schedules::runDue);
    return snapshots.list().where(entry -> taken.contains(entry.snapshot()));
  }

  /** Runs schedules when they are due, as long as this is open. */
  public void watch() {
    schedules.watch();
  }

  /** Deletes a schedule; its snapshots stay. */
  public void delete(String name) {
    Attempt.to(
        "delete schedule",
        name,
        () -> {
          schedules.delete(name);
          return true;
        });
  }
}
