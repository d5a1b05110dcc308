package dev.bpg;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.ScheduleRequest;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.SnapshotRetention;
import java.time.ZoneId;

/** Describes a new schedule. Not thread-safe. */
public final class ScheduleBuilder {

  private final Engine engine;
  private final String name;
  private final BranchName branch;
  private String cron = "0 3 * * *";
  private ZoneId zone = ZoneId.systemDefault();
  private BranchMode mode = BranchMode.CONSISTENT;
  private SnapshotRetention retention = SnapshotRetention.everything();

  ScheduleBuilder(Engine engine, String name, BranchName branch) {
    this.engine = engine;
    // The rule of branches is that of schedules, which are files of that name, too.
    this.name = BranchName.main("schedules").sibling(name).branch();
    this.branch = branch;
  }

  /**
   * When to take one: minute, hour, day of month, month and day of week, as in crontab(5). Default:
   * {@code 0 3 * * *}, at three in the night.
   */
  public ScheduleBuilder cron(String expression) {
    this.cron = expression;
    return this;
  }

  /** The time zone in which that is read, and hours to weeks are counted. Default: the system's. */
  public ScheduleBuilder zone(ZoneId timeZone) {
    this.zone = timeZone;
    return this;
  }

  /** Takes them as fast as the storage allows; see {@link BranchMode#FAST}. Default: consistent. */
  public ScheduleBuilder fast() {
    this.mode = BranchMode.FAST;
    return this;
  }

  /**
   * Which of its snapshots stay when another one has been taken; those that branches were made of
   * stay in any case. Default: all.
   */
  public ScheduleBuilder keep(SnapshotRetention rule) {
    this.retention = rule;
    return this;
  }

  /**
   * Creates it. The first snapshot is taken when its time comes.
   *
   * @throws dev.bpg.error.NotFoundException if the branch does not exist
   * @throws dev.bpg.error.AlreadyExistsException if there is a schedule of this name
   * @throws RefusedException if the cron expression is none, or never fires
   */
  public Schedule create() {
    return new Schedule(
        engine,
        engine.schedules().create(new ScheduleRequest(name, branch, cron, zone, mode, retention)));
  }
}
