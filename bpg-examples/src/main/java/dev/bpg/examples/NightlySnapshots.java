package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.Schedule;
import dev.bpg.Snapshot;
import dev.bpg.Snapshots;
import dev.bpg.model.SnapshotRetention;
import java.time.ZoneId;
import java.util.List;

/** Snapshots that are taken by a schedule, and what is done with them. */
public final class NightlySnapshots {

  private NightlySnapshots() {}

  /** Makes the database {@code ledger} with a schedule, and takes the schedule away again. */
  public static void main(String[] args) {
    Databases.named("ledger").initialSql("CREATE TABLE entries (id int PRIMARY KEY)").create();
    // tag::create
    Schedule nightly =
        Bpg.shared()
            .newSchedule("nightly", "ledger/main")
            .cron("30 2 * * *")
            .zone(ZoneId.of("Europe/Berlin"))
            .keep(SnapshotRetention.everything().keepLast(2).keepDaily(7).keepMonthly(12))
            .create();
    System.out.println("the next one is taken at " + nightly.nextRun());
    // end::create
    // tag::run-due
    List<Snapshot> taken = Bpg.shared().runDueSchedules();
    System.out.println(taken.size() + " schedules were due");
    // end::run-due
    // What the schedule does at its time, for there is nothing due yet.
    Branches.get("ledger/main").snapshot("nightly");
    // tag::branch
    Branch yesterday = Branches.from("ledger/main").snapshot("nightly").named("yesterday").create();
    // end::branch
    // tag::look
    for (Schedule schedule : Bpg.shared().listSchedules()) {
      System.out.println(schedule + ", last taken " + schedule.lastSuccess());
      schedule.failureMessage().ifPresent(reason -> System.out.println("failed: " + reason));
    }
    Snapshots.list().forEach(System.out::println);
    // end::look
    yesterday.delete();
    // tag::delete
    Bpg.shared().getSchedule("nightly").delete();
    // end::delete
  }
}
