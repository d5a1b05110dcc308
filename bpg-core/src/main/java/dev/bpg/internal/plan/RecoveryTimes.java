package dev.bpg.internal.plan;

import dev.bpg.error.RefusedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as people write them: {@code 2 hours ago}, {@code -30 min}, {@code 1 day}, and ISO
 * 8601 with an offset or a zone. A time without a zone is refused: it means another moment on
 * another machine. So is one that a zone's clocks skip or show with another offset.
 */
public final class RecoveryTimes {

  private static final Pattern RELATIVE =
      Pattern.compile("-?\\s*(\\d{1,9})\\s*([a-z]+?)s?(\\s+ago)?");

  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("week", Duration.ofDays(7)));

  private RecoveryTimes() {}

  /**
   * Reads one.
   *
   * @param now what relative ones are counted back from
   * @throws RefusedException if it is none, or not one moment
   */
  public static Instant parse(String text, Instant now) {
    String plain = text.strip();
    Matcher relative = RELATIVE.matcher(plain.toLowerCase(Locale.ROOT));
    if (relative.matches() && unit(relative.group(2)) != null) {
      return now.minus(unit(relative.group(2)).multipliedBy(Long.parseLong(relative.group(1))));
    }
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              plain.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T"),
              ZonedDateTime::from,
              OffsetDateTime::from,
              java.time.LocalDateTime::from);
      if (parsed instanceof ZonedDateTime zoned) {
        return checked(text, plain, zoned);
      }
    } catch (DateTimeException e) {
      throw refused(text, "it is no time", e);
    }
    throw refused(text, "it has no time zone", null);
  }

  // "s" is a unit and the plural of all others.
  private static Duration unit(String name) {
    return UNITS.get(name);
  }

  // Java moves a time that a zone's clocks skip to the next that they show.
  private static Instant checked(String text, String plain, ZonedDateTime parsed) {
    String local = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(parsed);
    String minutes = local.substring(0, "2026-01-01T00:00".length());
    if (!plain.replace(' ', 'T').toUpperCase(Locale.ROOT).startsWith(minutes)) {
      throw refused(
          text, "clocks in " + parsed.getZone() + " do not show that time with that offset", null);
    }
    return parsed.toInstant();
  }

  private static RefusedException refused(
      String text, String reason, @org.jspecify.annotations.Nullable Exception cause) {
    return new RefusedException(
        "recover to",
        "\"" + text + "\"",
        reason,
        "write it like 2026-11-20T14:30:00Z, 2026-11-20T14:30:00+01:00 or 2 hours ago",
        cause);
  }
}
