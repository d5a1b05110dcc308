package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The segments of one size that a server cuts its WAL into, and the names of their files: timeline,
 * log and segment, eight hexadecimal digits each. A log holds 4 GiB, so with segments of 16 MiB the
 * one after {@code …000000FF} is the next log's {@code 00000000}. Here a segment has a number,
 * counted from the beginning of the WAL; the same one exists once in each timeline. Immutable.
 *
 * @param size the bytes of a segment: a power of two from 1 MiB to 1 GiB
 */
public record WalSegments(long size) {

  /** What servers have unless {@code initdb} was told otherwise. */
  public static final WalSegments OF_16_MIB = new WalSegments(16L << 20);

  /** How many characters the name of a segment has. */
  public static final int LENGTH_OF_NAME = 24;

  private static final long SMALLEST = 1L << 20;
  private static final long LARGEST = 1L << 30;
  private static final long LOG_SIZE = 1L << 32;
  private static final Pattern NAME = Pattern.compile("[0-9A-F]{24}");

  /** Checks the size. */
  public WalSegments {
    if (!isValidSize(size)) {
      throw new IllegalArgumentException(
          "not the size of a WAL segment, a power of two from 1 MiB to 1 GiB: " + size);
    }
  }

  /** Whether Postgres has segments of a size. */
  public static boolean isValidSize(long size) {
    return size >= SMALLEST && size <= LARGEST && Long.bitCount(size) == 1;
  }

  /** The number of the segment that holds the byte at a position. */
  public long numberAt(Lsn lsn) {
    return Long.divideUnsigned(lsn.value(), size);
  }

  /** The number of the segment that holds the byte before a position: the last one up to there. */
  public long numberBefore(Lsn lsn) {
    return lsn.value() == 0 ? 0 : Long.divideUnsigned(lsn.value() - 1, size);
  }

  /** Where a segment begins, and the one before it ends. */
  public Lsn start(long number) {
    return new Lsn(number * size);
  }

  /** The name of a segment's file. */
  public String name(int timeline, long number) {
    long perLog = LOG_SIZE / size;
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / perLog, number % perLog);
  }

  /** The names of the segments that hold the bytes from one position up to, not with, another. */
  public List<String> between(int timeline, Lsn from, Lsn to) {
    List<String> names = new ArrayList<>();
    long last = numberBefore(to);
    for (long number = numberAt(from); number <= last; number++) {
      names.add(name(timeline, number));
    }
    return names;
  }

  /** Whether a text has the form of a segment's name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The timeline in a segment's name. */
  public static int timelineOf(String name) {
    return Integer.parseUnsignedInt(name, 0, 8, 16);
  }

  /** Whether a log has a segment of such a name with segments of this size. */
  public boolean isNameOfThisSize(String name) {
    return isName(name) && Long.parseLong(name, 16, 24, 16) < LOG_SIZE / size;
  }

  /**
   * The number in a segment's name.
   *
   * @throws IllegalArgumentException if a log has no such segment with segments of this size
   */
  public long numberOf(String name) {
    if (!isNameOfThisSize(name)) {
      throw new IllegalArgumentException(
          "not the name of a WAL segment of " + size + " bytes: " + name);
    }
    return Long.parseLong(name, 8, 16, 16) * (LOG_SIZE / size) + Long.parseLong(name, 16, 24, 16);
  }
}
