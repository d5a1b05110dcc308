package dev.bpg.internal.plan;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.bpg.error.RefusedException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** When a cron expression of five fields fires, in a time zone. Immutable. */
public final class CronTimes {

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @param now the time, from which on it has to fire at all
   * @throws RefusedException if it is none, or never fires
   */
  public static CronTimes parse(String cron, ZoneId zone, Instant now) {
    CronTimes parsed = new CronTimes(times(cron), zone);
    if (parsed.next(now).isEmpty()) {
      throw refused(cron, "it never fires", null);
    }
    return parsed;
  }

  private static ExecutionTime times(String cron) {
    try {
      CronParser parser =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
      return ExecutionTime.forCron(parser.parse(cron).validate());
    } catch (IllegalArgumentException e) {
      throw refused(cron, String.valueOf(e.getMessage()), e);
    }
  }

  private static RefusedException refused(
      String cron, String reason, @org.jspecify.annotations.Nullable Exception cause) {
    return new RefusedException(
        "schedule",
        "\"" + cron + "\"",
        reason,
        "write five fields: minute, hour, day of month, month, day of week, such as 0 3 * * *",
        cause);
  }

  /** The first time after another one. */
  public Optional<Instant> next(Instant after) {
    Optional<LocalDateTime> found = after(earliestLocal(after));
    while (found.isPresent() && !instant(found.get()).isAfter(after)) {
      found = after(found.get());
    }
    return found.map(this::instant);
  }

  /** The last time that has come, if there is one after another time. */
  public Optional<Instant> missed(Instant since, Instant now) {
    // The library's last execution is before a time, never at it.
    Optional<LocalDateTime> last = before(latestLocal(now).plusSeconds(1));
    while (last.isPresent() && instant(last.get()).isAfter(now)) {
      last = before(last.get());
    }
    return last.map(this::instant).filter(due -> due.isAfter(since));
  }

  // The library works on the clock's face alone and never sees a change of it: with the zone it
  // would leave out a day whose time is skipped.
  private Optional<LocalDateTime> after(LocalDateTime time) {
    return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private Optional<LocalDateTime> before(LocalDateTime time) {
    return times.lastExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  // A time that the clocks skip comes later by what they skip, one that they repeat the first time.
  private Instant instant(LocalDateTime local) {
    return local.atZone(zone).toInstant();
  }

  private LocalDateTime local(Instant time) {
    return LocalDateTime.ofInstant(time, zone);
  }

  // What the clocks have skipped just before may come after this.
  private LocalDateTime earliestLocal(Instant time) {
    return changeAround(time)
        .filter(ZoneOffsetTransition::isGap)
        .map(ZoneOffsetTransition::getDateTimeBefore)
        .map(skipped -> skipped.minusSeconds(1))
        .orElse(local(time));
  }

  // What the clocks repeat has come already, to the end of it.
  private LocalDateTime latestLocal(Instant time) {
    return changeAround(time)
        .filter(ZoneOffsetTransition::isOverlap)
        .map(ZoneOffsetTransition::getDateTimeBefore)
        .orElse(local(time));
  }

  private Optional<ZoneOffsetTransition> changeAround(Instant time) {
    return Optional.ofNullable(zone.getRules().previousTransition(time.plusNanos(1)))
        .filter(change -> time.isBefore(change.getInstant().plus(change.getDuration().abs())));
  }
}
