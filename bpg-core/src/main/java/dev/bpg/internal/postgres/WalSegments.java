package dev.bpg.internal.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of WAL segment files: timeline, log and segment, eight hexadecimal digits each. A log holds
 * 4 GiB, so with segments of 16 MiB the one after {@code …000000FF} is the next log's first.
 */
final class WalSegments {

  private static final long LOG_SIZE = 1L << 32;

  private WalSegments() {}

  /** The segments that hold the bytes from one position up to, not including, another. */
  static List<String> between(int timeline, Lsn from, Lsn to, long segmentSize) {
    List<String> names = new ArrayList<>();
    long last = (to.value() - 1) / segmentSize;
    for (long number = from.value() / segmentSize; number <= last; number++) {
      names.add(name(timeline, number, segmentSize));
    }
    return names;
  }

  private static String name(int timeline, long number, long segmentSize) {
    long perLog = LOG_SIZE / segmentSize;
    return String.format("%08X%08X%08X", timeline, number / perLog, number % perLog);
  }
}
