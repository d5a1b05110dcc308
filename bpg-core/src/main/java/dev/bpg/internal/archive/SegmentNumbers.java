package dev.bpg.internal.archive;

import dev.bpg.internal.wal.WalSegments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of one timeline's segments, eight bytes each: an archive may hold very many. */
final class SegmentNumbers {

  private long[] numbers = new long[64];
  private int count;

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    numbers[count++] = number;
  }

  /** Puts them in order, each once. */
  long[] sorted() {
    return Arrays.stream(numbers, 0, count).sorted().distinct().toArray();
  }

  /** What these numbers are of a timeline. */
  ArchivedTimeline describe(int timeline, WalSegments segments) {
    long[] sorted = sorted();
    List<WalGap> gaps = new ArrayList<>();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[i - 1] + 1) {
        gaps.add(gap(timeline, sorted[i - 1] + 1, sorted[i] - 1, segments));
      }
    }
    long first = sorted[0];
    long last = sorted[sorted.length - 1];
    return new ArchivedTimeline(
        timeline,
        sorted.length,
        segments.name(timeline, first),
        segments.name(timeline, last),
        segments.start(first),
        segments.start(last + 1),
        gaps);
  }

  static WalGap gap(int timeline, long first, long last, WalSegments segments) {
    return new WalGap(
        segments.name(timeline, first),
        segments.name(timeline, last),
        segments.start(first),
        segments.start(last + 1));
  }
}
