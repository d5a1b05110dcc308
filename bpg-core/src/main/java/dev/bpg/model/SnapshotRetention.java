package dev.bpg.model;

import dev.bpg.error.RefusedException;

/**
 * Which snapshots of a schedule stay. One stays if any of these rules keeps it; of each hour, day,
 * week and month, in the schedule's time zone, the newest counts. Weeks begin on Monday.
 *
 * @param last how many of the newest
 * @param hourly for how many hours that have one
 * @param daily for how many days that have one
 * @param weekly for how many weeks that have one
 * @param monthly for how many months that have one
 */
public record SnapshotRetention(int last, int hourly, int daily, int weekly, int monthly) {

  private static final SnapshotRetention NONE = new SnapshotRetention(0, 0, 0, 0, 0);

  /**
   * Checks the numbers.
   *
   * @throws RefusedException if one is negative
   */
  public SnapshotRetention {
    if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0) {
      throw new RefusedException(
          "keep snapshots", "of a schedule", "a number is negative", "give numbers from 0 on");
    }
  }

  /** No rule: all snapshots stay. */
  public static SnapshotRetention everything() {
    return NONE;
  }

  /** The same, keeping this many of the newest. */
  public SnapshotRetention keepLast(int count) {
    return new SnapshotRetention(count, hourly, daily, weekly, monthly);
  }

  /** The same, keeping one for each of this many hours. */
  public SnapshotRetention keepHourly(int count) {
    return new SnapshotRetention(last, count, daily, weekly, monthly);
  }

  /** The same, keeping one for each of this many days. */
  public SnapshotRetention keepDaily(int count) {
    return new SnapshotRetention(last, hourly, count, weekly, monthly);
  }

  /** The same, keeping one for each of this many weeks. */
  public SnapshotRetention keepWeekly(int count) {
    return new SnapshotRetention(last, hourly, daily, count, monthly);
  }

  /** The same, keeping one for each of this many months. */
  public SnapshotRetention keepMonthly(int count) {
    return new SnapshotRetention(last, hourly, daily, weekly, count);
  }
}
