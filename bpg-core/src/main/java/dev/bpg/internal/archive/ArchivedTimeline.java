package dev.bpg.internal.archive;

import dev.bpg.model.Lsn;
import java.util.List;

/**
 * What an archive holds of one timeline.
 *
 * @param timeline its id
 * @param segments how many whole segments there are, the same in two compressions counted once
 * @param oldest the name of the first segment
 * @param newest the name of the last segment
 * @param start where the first segment begins
 * @param end where the last segment ends
 * @param gaps what is missing between these two, in the order of the WAL
 */
public record ArchivedTimeline(
    int timeline,
    long segments,
    String oldest,
    String newest,
    Lsn start,
    Lsn end,
    List<WalGap> gaps) {

  /** Copies the list. */
  public ArchivedTimeline {
    gaps = List.copyOf(gaps);
  }

  /** How far its WAL is there without a gap, from a position on; that position if it is not. */
  Lsn contiguousEnd(Lsn from) {
    if (from.isBefore(start) || !from.isBefore(end)) {
      return from;
    }
    for (WalGap gap : gaps) {
      if (from.isBefore(gap.from())) {
        return gap.from();
      }
      if (from.isBefore(gap.to())) {
        return from;
      }
    }
    return end;
  }
}
