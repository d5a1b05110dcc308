package dev.bpg.internal.archive;

import dev.bpg.internal.archive.ArchiveFinding.Kind;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalSegments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds what is missing within timelines and between them. */
final class GapCheck {

  private final WalSegments segments;
  private final Map<Integer, TimelineHistory> histories;
  private final Consumer<ArchiveFinding> findings;

  GapCheck(
      WalSegments segments,
      Map<Integer, TimelineHistory> histories,
      Consumer<ArchiveFinding> findings) {
    this.segments = segments;
    this.histories = histories;
    this.findings = findings;
  }

  /** Checks timelines, which come the oldest first. */
  void check(List<ArchivedTimeline> timelines) {
    for (int i = 0; i < timelines.size(); i++) {
      ArchivedTimeline timeline = timelines.get(i);
      // The oldest may have begun in an ancestor's archive, which has its history file then.
      if (i > 0) {
        checkBeginning(timelines.subList(0, i), timeline);
      }
      timeline.gaps().forEach(this::missing);
    }
  }

  private void checkBeginning(List<ArchivedTimeline> older, ArchivedTimeline timeline) {
    TimelineHistory history = histories.get(timeline.timeline());
    if (history == null) {
      String file = TimelineHistory.fileName(timeline.timeline());
      findings.accept(
          new ArchiveFinding(
              Kind.HISTORY_MISSING,
              file,
              "it is missing, so nobody knows where the timeline of "
                  + timeline.oldest()
                  + " comes from"));
      return;
    }
    long fork = segments.numberAt(history.start());
    missing(timeline.timeline(), fork, segments.numberAt(timeline.start()) - 1);
    parent(older, history)
        .ifPresent(parent -> missing(parent.timeline(), segments.numberAt(parent.end()), fork - 1));
  }

  private static Optional<ArchivedTimeline> parent(
      List<ArchivedTimeline> older, TimelineHistory history) {
    List<TimelineHistory.Ancestor> ancestors = history.ancestors();
    int id = ancestors.isEmpty() ? 0 : ancestors.get(ancestors.size() - 1).timeline();
    return older.stream().filter(timeline -> timeline.timeline() == id).findFirst();
  }

  private void missing(int timeline, long first, long last) {
    if (first <= last) {
      missing(SegmentNumbers.gap(timeline, first, last, segments));
    }
  }

  private void missing(WalGap gap) {
    long count = segments.numberAt(gap.to()) - segments.numberAt(gap.from());
    String what =
        count == 1 ? "this segment is" : count + " segments, up to " + gap.last() + ", are";
    findings.accept(
        new ArchiveFinding(
            Kind.MISSING,
            gap.first(),
            what + " missing: the WAL from " + gap.from() + " to " + gap.to()));
  }
}
