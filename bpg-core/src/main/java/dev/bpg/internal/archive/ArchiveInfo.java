package dev.bpg.internal.archive;

import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an archive holds, as its files' names and sizes say. Immutable.
 *
 * @param segments how many whole segments there are, the same in two compressions counted once
 * @param bytes the length of all files together, as they are stored
 * @param timelines what is there of each timeline, the oldest first; those without a whole segment
 *     are left out
 */
public record ArchiveInfo(long segments, long bytes, List<ArchivedTimeline> timelines) {

  /** Copies the list. */
  public ArchiveInfo {
    timelines = List.copyOf(timelines);
  }

  /** The name of the segment with the oldest WAL, if there is any. */
  public Optional<String> oldest() {
    return timelines.stream()
        .min(Comparator.comparing(ArchivedTimeline::start))
        .map(ArchivedTimeline::oldest);
  }

  /** The name of the last segment of the newest timeline, if there is any. */
  public Optional<String> newest() {
    return timelines.isEmpty()
        ? Optional.empty()
        : Optional.of(timelines.get(timelines.size() - 1).newest());
  }

  /** The segments that are missing between others of their timeline. */
  public List<WalGap> gaps() {
    return timelines.stream().flatMap(timeline -> timeline.gaps().stream()).toList();
  }

  /**
   * How far a server can recover from a position on, along a timeline and its ancestors: up to the
   * first segment that is missing. This is the position itself when its segment is missing.
   */
  public Lsn contiguousEnd(TimelineHistory history, Lsn from, WalSegments segments) {
    Lsn reached = segments.start(segments.numberAt(from));
    for (TimelineHistory.Ancestor ancestor : history.ancestors()) {
      // The next timeline begins with a copy of the segment that this one was left in.
      Lsn shared = segments.start(segments.numberAt(ancestor.end()));
      if (!reached.isBefore(shared)) {
        continue;
      }
      Lsn end = contiguousEnd(ancestor.timeline(), reached);
      if (end.isBefore(shared)) {
        return later(end, from);
      }
      int next = history.timelineAt(ancestor.end());
      if (contiguousEnd(next, shared).equals(shared)) {
        return later(end.isBefore(ancestor.end()) ? end : ancestor.end(), from);
      }
      reached = shared;
    }
    return later(contiguousEnd(history.timeline(), reached), from);
  }

  private Lsn contiguousEnd(int id, Lsn from) {
    return timelines.stream()
        .filter(timeline -> timeline.timeline() == id)
        .findFirst()
        .map(timeline -> timeline.contiguousEnd(from))
        .orElse(from);
  }

  private static Lsn later(Lsn a, Lsn b) {
    return a.isBefore(b) ? b : a;
  }
}
