package dev.bpg;

import dev.bpg.internal.catalog.ScheduleRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.model.SnapshotRetention;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Snapshots of a branch that are taken again and again, by whatever process has the home open. Runs
 * that came while none had are made up for once. A handle on one schedule, as it was when it was
 * obtained. Thread-safe.
 */
public final class Schedule {

  private final Engine engine;
  private final ScheduleRecord record;

  Schedule(Engine engine, ScheduleRecord record) {
    this.engine = engine;
    this.record = record;
  }

  /** Its name. Its snapshots are labelled so. */
  public String name() {
    return record.name();
  }

  /** When it runs, as a cron expression of five fields. */
  public String cron() {
    return record.cron();
  }

  /** The time zone of that. */
  public ZoneId zone() {
    return record.zone();
  }

  /** Which of its snapshots stay. */
  public SnapshotRetention retention() {
    return record.retention();
  }

  /** When it runs next; a time that has passed if it is due. */
  public Instant nextRun() {
    return engine.schedules().next(record);
  }

  /** When it last took a snapshot; empty if it never did. */
  public Optional<Instant> lastSuccess() {
    return record.lastSuccess();
  }

  /** When its last run failed; empty if it did not fail. */
  public Optional<Instant> lastFailure() {
    return record.lastFailure().map(ScheduleRecord.Failure::at);
  }

  /** Why its last run failed; empty if it did not fail. */
  public Optional<String> failureMessage() {
    return record.lastFailure().map(ScheduleRecord.Failure::message);
  }

  /**
   * Deletes it. Its snapshots stay.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.schedules().delete(record.name());
  }

  /** {@code schedule nightly: 0 3 * * * in Europe/Berlin}. */
  @Override
  public String toString() {
    return "schedule " + name() + ": " + cron() + " in " + zone();
  }
}
