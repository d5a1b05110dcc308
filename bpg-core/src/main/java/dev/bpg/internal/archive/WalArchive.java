package dev.bpg.internal.archive;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.wal.TimelineHistory;
import dev.bpg.internal.wal.WalEvent;
import dev.bpg.internal.wal.WalPageHeader;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.Lsn;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What can be asked of an archive, or of a chain of them, wherever they are. Immutable; each answer
 * is of the moment of the question, while servers go on archiving. Methods throw {@link
 * UnavailableException} when the place cannot be read.
 */
public final class WalArchive {

  private final ArchiveFiles store;
  private final WalSegments segments;

  /**
   * The WAL in an archive or a chain of them.
   *
   * @param segments the segments of the servers that write it
   */
  public WalArchive(ArchiveFiles store, WalSegments segments) {
    this.store = store;
    this.segments = segments;
  }

  /**
   * The header of an archive's first segment, which tells the server's system identifier and the
   * size of its segments.
   *
   * @return empty if there is no segment yet
   * @throws UnavailableException if the first segment is damaged
   */
  public static Optional<WalPageHeader> identify(ArchiveFiles store) {
    return Access.translate(store, "read the first segment of", () -> Listing.identify(store));
  }

  /** The segments of the servers that write it. */
  public WalSegments segments() {
    return segments;
  }

  /** What it holds, as its files' names and sizes say. Takes a second for 100,000 segments. */
  public ArchiveInfo info() {
    return translate("list", () -> Listing.info(store, segments));
  }

  /**
   * How far a server can recover from a position on: up to the first segment that is missing.
   *
   * @param timeline the timeline to recover along, from those before it if it has a history file
   * @return the position itself when its segment is missing
   */
  public Lsn contiguousEnd(int timeline, Lsn from) {
    return info().contiguousEnd(history(timeline), from, segments);
  }

  /** Where a timeline comes from; unknown when its history file is not there. */
  public TimelineHistory history(int timeline) {
    return translate("read a timeline's history in", () -> Histories.read(store, timeline));
  }

  /**
   * Reads everything and tells what is wrong: what is missing, also across the boundaries of logs
   * and timelines, what is damaged by the checksum of each record, and what does not belong here.
   * Takes as long as a recovery of all of it would take to read, and no more memory than a list of
   * the files.
   *
   * @param system the server's system identifier; empty for that of the first segment
   * @param findings takes what is found, as it is found
   */
  public void verify(OptionalLong system, Consumer<ArchiveFinding> findings) {
    translate(
        "verify",
        () -> {
          new Verification(store, segments, system, findings).run();
          return true;
        });
  }

  /**
   * Reads the ends of transactions and the restore points in a stretch of the WAL: those whose
   * records begin there. Ends at the first segment that is missing; see {@link #contiguousEnd}.
   *
   * @param timeline the timeline to go along, from those before it if it has a history file
   * @throws UnavailableException if a segment is damaged
   */
  public void readEvents(int timeline, Lsn from, Lsn to, Consumer<WalEvent> events) {
    translate(
        "read",
        () -> {
          new EventScan(store, segments, history(timeline), from, to).run(from, to, events);
          return true;
        });
  }

  /**
   * The last transaction's end or restore point up to a position. Reads segments from there back
   * until it finds one.
   *
   * @param from where to give up
   * @return empty if there is none between the two
   */
  public Optional<WalEvent> lastEvent(int timeline, Lsn from, Lsn to) {
    Lsn reached = contiguousEnd(timeline, from);
    Lsn last = reached.isBefore(to) ? reached : to;
    return translate(
        "read",
        () -> new EventScan(store, segments, history(timeline), from, last).last(from, last));
  }

  private <T> T translate(String operation, Access<T> access) {
    return Access.translate(store, operation, access);
  }
}
