package dev.bpg.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the write-ahead log (WAL) of a Postgres server, which only ever grows. Ordered from
 * the beginning of the log on. Immutable.
 *
 * @param value the number of bytes from the log's beginning, as 64 bits without a sign
 * @see <a href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn type</a>
 */
public record Lsn(long value) implements Comparable<Lsn> {

  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

  /**
   * Parses Postgres' notation: two hexadecimal halves of 32 bits, {@code 0/16B3748}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Lsn parse(String text) {
    Matcher halves = FORM.matcher(text);
    if (!halves.matches()) {
      throw new IllegalArgumentException("not an LSN: " + text);
    }
    long high = Long.parseLong(halves.group(1), 16);
    long low = Long.parseLong(halves.group(2), 16);
    return new Lsn(high << 32 | low);
  }

  /** Whether this position comes before another one. */
  public boolean isBefore(Lsn other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** Postgres' notation, such as {@code 0/16B3748}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFFFFFFL);
  }
}
