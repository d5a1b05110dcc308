package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a timeline comes from, as its history file says. Immutable.
 *
 * @param timeline the timeline's id
 * @param ancestors the timelines before it, the oldest first; empty for the first of all
 * @see <a
 *     href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES">Timelines</a>
 */
public record TimelineHistory(int timeline, List<Ancestor> ancestors) {

  /**
   * A timeline that was left for another one.
   *
   * @param timeline its id
   * @param end where in the WAL the next one begins
   */
  public record Ancestor(int timeline, Lsn end) {}

  /** Copies the list. */
  public TimelineHistory {
    ancestors = List.copyOf(ancestors);
  }

  /** A timeline of which nothing is known but its id. */
  public static TimelineHistory unknown(int timeline) {
    return new TimelineHistory(timeline, List.of());
  }

  /**
   * Reads a history file: a line for each ancestor, with its id, where it was left, and why.
   *
   * @throws IllegalArgumentException if a line has another form or they are out of order
   */
  public static TimelineHistory parse(int timeline, String text) {
    List<Ancestor> ancestors = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\\s+", 3);
      if (fields.length < 2) {
        throw new IllegalArgumentException("not a line of a timeline's history: " + line);
      }
      Ancestor next = new Ancestor(Integer.parseUnsignedInt(fields[0]), Lsn.parse(fields[1]));
      int last = ancestors.isEmpty() ? 0 : ancestors.get(ancestors.size() - 1).timeline();
      if (Integer.compareUnsigned(next.timeline(), last) <= 0
          || Integer.compareUnsigned(next.timeline(), timeline) >= 0) {
        throw new IllegalArgumentException("timelines out of order: " + line);
      }
      ancestors.add(next);
    }
    return new TimelineHistory(timeline, ancestors);
  }

  /** The name of a timeline's history file. */
  public static String fileName(int timeline) {
    return String.format(Locale.ROOT, "%08X.history", timeline);
  }

  /** Where this timeline begins; the beginning of the WAL if it has no ancestor. */
  public Lsn start() {
    return ancestors.isEmpty() ? new Lsn(0) : ancestors.get(ancestors.size() - 1).end();
  }

  /** The id of the timeline that the byte at a position belongs to. */
  public int timelineAt(Lsn lsn) {
    for (Ancestor ancestor : ancestors) {
      if (lsn.isBefore(ancestor.end())) {
        return ancestor.timeline();
      }
    }
    return timeline;
  }

  /**
   * Whether a page at a position can have been begun on some timeline, in a segment of this one.
   * The segment in which a timeline begins has the last pages of the one before.
   */
  boolean mayBegin(int onTimeline, Lsn page) {
    if (onTimeline == timeline) {
      return true;
    }
    boolean older = Integer.compareUnsigned(onTimeline, timeline) < 0;
    return older && (ancestors.isEmpty() || page.isBefore(start()));
  }
}
