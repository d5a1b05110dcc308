package dev.bpg.internal.engine;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BpgException;
import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.ScheduleRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.CronTimes;
import dev.bpg.internal.plan.RetentionRule;
import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots when their time has come. Whoever has the home open runs what is due, each run
 * once among all of them: its time is kept under the schedule's lock. What came while nobody was
 * there is made up for once.
 */
final class Schedules {

  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMinutes(1);

  private final AtomicLong watches = new AtomicLong();
  private final Parts parts;
  private final SnapshotCreation snapshots;
  private final SnapshotRemoval removal;
  private final Changes changes;
  private final Background background;

  Schedules(Parts parts, SnapshotCreation snapshots, Changes changes, Background background) {
    this.parts = parts;
    this.snapshots = snapshots;
    this.removal = new SnapshotRemoval(parts);
    this.changes = changes;
    this.background = background;
  }

  ScheduleRecord create(ScheduleRequest request, BranchRecord branch) throws IOException {
    Instant now = parts.clock().instant();
    CronTimes.parse(request.cron(), request.zone(), now);
    ScheduleRecord record =
        new ScheduleRecord(
            request.name(),
            branch.id(),
            request.cron(),
            request.zone(),
            request.mode(),
            request.retention(),
            now,
            Optional.empty(),
            Optional.empty());
    if (!parts.schedules().create(record)) {
      throw new AlreadyExistsException(
          "create schedule",
          request.name(),
          "the name is taken",
          "choose another name, or delete the other one first");
    }
    watch();
    return record;
  }

  void delete(String name) throws IOException, InterruptedException {
    try (LockFile lock = parts.locks().exclusiveOfSchedule(name)) {
      find("delete schedule", name);
      parts.schedules().remove(name);
      lock.deleteFile();
    }
  }

  ScheduleRecord find(String operation, String name) throws IOException {
    return parts
        .schedules()
        .find(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    operation, name, "it does not exist", "list what exists with listSchedules()"));
  }

  /** When a schedule runs next, by the clock. */
  Instant next(ScheduleRecord record) {
    Instant now = parts.clock().instant();
    CronTimes times = CronTimes.parse(record.cron(), record.zone(), now);
    return times.missed(record.since(), now).orElseGet(() -> times.next(now).orElseThrow());
  }

  /** Runs what is due now, and returns what was taken. One that cannot be run keeps no other. */
  List<SnapshotRecord> runDue() throws IOException, InterruptedException {
    List<SnapshotRecord> taken = new ArrayList<>();
    Exception first = null;
    for (ScheduleRecord schedule : parts.schedules().list()) {
      try {
        if (isDue(schedule)) {
          runDue(schedule.name()).ifPresent(taken::add);
        }
      } catch (CancelledException e) {
        throw e;
      } catch (IOException | BpgException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof IOException e) {
      throw e;
    } else if (first instanceof BpgException e) {
      throw e;
    }
    return taken;
  }

  private boolean isDue(ScheduleRecord schedule) {
    return due(schedule).isPresent();
  }

  private Optional<Instant> due(ScheduleRecord schedule) {
    Instant now = parts.clock().instant();
    return CronTimes.parse(schedule.cron(), schedule.zone(), now).missed(schedule.since(), now);
  }

  private Optional<SnapshotRecord> runDue(String name) throws IOException, InterruptedException {
    try (LockFile lock = parts.locks().exclusiveOfSchedule(name)) {
      Optional<ScheduleRecord> there = parts.schedules().find(name);
      Optional<Instant> due = there.flatMap(this::due);
      if (due.isEmpty()) {
        return Optional.empty();
      }
      return run(there.get(), due.get());
    }
  }

  private Optional<SnapshotRecord> run(ScheduleRecord schedule, Instant due) throws IOException {
    try {
      BranchRecord branch = branch(schedule);
      SnapshotRecord taken =
          changes.snapshot(
              Kind.SNAPSHOT_TAKEN,
              "take a snapshot of",
              branch.name(),
              () ->
                  snapshots.create(
                      new SnapshotRequest(
                          branch,
                          Optional.of(schedule.name()),
                          Optional.of(schedule.name()),
                          schedule.mode())));
      parts.schedules().replace(schedule.succeeded(due, parts.clock().instant()));
      letGoOrLog(schedule, branch);
      return Optional.of(taken);
    } catch (CancelledException e) {
      throw e;
    } catch (BpgException e) {
      LOG.warn("schedule {} failed: {}", schedule.name(), e.getMessage());
      String message = String.valueOf(e.getMessage());
      parts.schedules().replace(schedule.failed(due, parts.clock().instant(), message));
      return Optional.empty();
    }
  }

  private BranchRecord branch(ScheduleRecord schedule) throws IOException {
    return parts.catalog().list().stream()
        .filter(record -> record.state() == State.READY && record.isOrWas(schedule.branch()))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "run schedule",
                    schedule.name(),
                    "its branch does not exist any more",
                    "delete the schedule"));
  }

  // The run has succeeded by now.
  private void letGoOrLog(ScheduleRecord schedule, BranchRecord branch) {
    try {
      letGo(schedule, branch);
    } catch (CancelledException e) {
      throw e;
    } catch (IOException | BpgException e) {
      LOG.warn("not all old snapshots of schedule {} could be deleted", schedule.name(), e);
    }
  }

  private void letGo(ScheduleRecord schedule, BranchRecord branch) throws IOException {
    List<SnapshotRecord> own =
        parts.snapshots().list(branch.ids()).stream()
            .filter(snapshot -> snapshot.state() == State.READY)
            .filter(snapshot -> snapshot.schedule().equals(Optional.of(schedule.name())))
            .toList();
    for (SnapshotRecord old :
        RetentionRule.expired(
            own, SnapshotRecord::createdAt, schedule.retention(), schedule.zone())) {
      try {
        changes.one(
            Kind.SNAPSHOT_DELETED,
            "delete snapshot",
            old.id(),
            old.id(),
            () -> {
              removal.delete(old);
              return true;
            });
      } catch (BusyException | NotFoundException e) {
        LOG.info("snapshot {} of schedule {} stays: {}", old.id(), schedule.name(), e.reason());
      }
    }
  }

  /**
   * Runs what is due from now on, as long as the home is open here. Called again, it begins anew.
   */
  void watch() {
    Duration wait;
    try {
      Instant now = parts.clock().instant();
      wait =
          parts.schedules().list().stream()
              .map(schedule -> Duration.between(now, next(schedule)))
              .min(Duration::compareTo)
              .orElse(LONGEST_WAIT);
    } catch (IOException | BpgException e) {
      LOG.warn("schedules cannot be read; they are looked at again later", e);
      wait = LONGEST_WAIT;
    }
    // Others may make schedules, or run ours, while we wait.
    watchAfter(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private void watchAfter(Duration wait) {
    long mine = watches.incrementAndGet();
    background.runAfter(
        wait,
        () -> {
          if (watches.get() == mine) {
            runAndWatch();
          }
        });
  }

  private void runAndWatch() {
    try {
      runDue();
      watch();
    } catch (InterruptedException | CancelledException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("what a schedule did could not be recorded; it is tried again later", e);
      watchAfter(BEFORE_ANOTHER_TRY);
    }
  }
}
