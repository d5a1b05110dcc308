package dev.bpg.internal.plan;

import dev.bpg.model.SnapshotRetention;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which of several things a retention lets go. A pure function. */
public final class RetentionRule {

  private RetentionRule() {}

  /**
   * What goes, the oldest first.
   *
   * @param all the things
   * @param time when each was made
   * @param zone where hours, days, weeks and months are counted
   */
  public static <T> List<T> expired(
      List<T> all, Function<T, Instant> time, SnapshotRetention retention, ZoneId zone) {
    if (retention.equals(SnapshotRetention.everything())) {
      return List.of();
    }
    List<T> newestFirst =
        all.stream().sorted(Comparator.comparing(time, Comparator.reverseOrder())).toList();
    Set<T> kept = new HashSet<>(newestFirst.stream().limit(retention.last()).toList());
    Function<T, ZonedDateTime> local = thing -> time.apply(thing).atZone(zone);
    keep(kept, newestFirst, retention.hourly(), local.andThen(RetentionRule::hour));
    keep(kept, newestFirst, retention.daily(), local.andThen(ZonedDateTime::toLocalDate));
    keep(kept, newestFirst, retention.weekly(), local.andThen(RetentionRule::week));
    keep(kept, newestFirst, retention.monthly(), local.andThen(YearMonth::from));
    return all.stream()
        .filter(thing -> !kept.contains(thing))
        .sorted(Comparator.comparing(time))
        .toList();
  }

  private static <T> void keep(
      Set<T> kept, List<T> newestFirst, int count, Function<T, Object> period) {
    Set<Object> periods = new HashSet<>();
    for (T thing : newestFirst) {
      if (periods.size() == count) {
        return;
      }
      if (periods.add(period.apply(thing))) {
        kept.add(thing);
      }
    }
  }

  // As an instant: clocks show one hour twice a year twice.
  private static Object hour(ZonedDateTime time) {
    return time.truncatedTo(ChronoUnit.HOURS).toInstant();
  }

  private static Object week(ZonedDateTime time) {
    return time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
