package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments page by page, checks all that Postgres checks before it replays a record, and
 * hands on the ends of transactions and the restore points. Holds one page, whatever the size of
 * segments and records. Not safe for use by several threads.
 *
 * <p>A record may lie on several segments; it is put together when these are read one after the
 * other. Otherwise reading begins with the first record that begins in the segment.
 */
public final class WalReader {

  /**
   * More bytes than any record has: XLogRecordMaxSize in xlogrecord.h of Postgres 16; before,
   * nothing could be longer than 1 GiB.
   */
  public static final long LONGEST_RECORD = 1L << 30;

  private final WalSegments segments;
  private final Consumer<WalEvent> events;
  private final WalPages pages;
  private final WalRecordAssembly record = new WalRecordAssembly();

  private long next = -1;
  private @Nullable Lsn previous;
  private long toSkip;
  private boolean switched;

  /**
   * A reader.
   *
   * @param segments the server's segments
   * @param system the server's system identifier; empty for that of the first segment read
   * @param events takes what is found, in the order of the WAL
   */
  public WalReader(WalSegments segments, OptionalLong system, Consumer<WalEvent> events) {
    this.segments = segments;
    this.pages = new WalPages(segments, system);
    this.events = events;
  }

  /** The system identifier that is asked for, or that of the first segment; empty before it. */
  public OptionalLong system() {
    return pages.system();
  }

  /**
   * Reads a segment to its end.
   *
   * @param history that of the timeline in the segment's name; unknown if there is no such file
   * @param number the segment's number
   * @throws WalFormatException if it is not what it should be; the next one is read on its own then
   * @throws IOException if the content cannot be read
   */
  public void read(TimelineHistory history, long number, InputStream content) throws IOException {
    boolean goesOn = number == next;
    next = -1;
    if (!goesOn) {
      previous = null;
      forgetRecord();
    }
    switched = false;
    Lsn address = segments.start(number);
    WalPageHeader first = pages.readFirst(history, address, content);
    if (!goesOn && first.continuesRecord()) {
      toSkip = first.remaining();
    }
    readPage(first, address);
    for (long offset = pages.size(); offset < segments.size(); offset += pages.size()) {
      pages.skip(content);
      // After a switch the rest is not used, and not cleared either by every version.
      if (!switched) {
        address = new Lsn(segments.start(number).value() + offset);
        readPage(pages.check(history, address), address);
      }
    }
    pages.readEnd(content);
    next = number + 1;
  }

  /**
   * Reads no more than the headers of a segment that a timeline was left in: what follows the last
   * record is of no use to anybody.
   *
   * @throws WalFormatException if it is not what it should be
   * @throws IOException if the content cannot be read
   */
  public void readPartial(TimelineHistory history, long number, InputStream content)
      throws IOException {
    next = -1;
    pages.readFirst(history, segments.start(number), content);
    for (long offset = pages.size(); offset < segments.size(); offset += pages.size()) {
      pages.skip(content);
    }
    pages.readEnd(content);
  }

  /** Whether the record that begins last in what was read goes on in the next segment. */
  public boolean isInRecord() {
    return record.missing() > 0;
  }

  private void forgetRecord() {
    record.begin(new Lsn(0), 0);
    toSkip = 0;
  }

  private void readPage(WalPageHeader header, Lsn address) throws WalFormatException {
    int position = header.length();
    if (header.continuesRecord()) {
      position = continueRecord(header, address);
    } else if (record.missing() > 0 || toSkip > 0) {
      if (!header.replacesContinuation()) {
        throw WalFormatException.damaged("the record that goes on at %s is cut off", address);
      }
      forgetRecord();
    }
    // Records begin at multiples of 8, so the length of one is never on two pages.
    while (position < pages.size() && !switched) {
      position = beginRecord(address, position);
    }
  }

  private int continueRecord(WalPageHeader header, Lsn address) throws WalFormatException {
    long missing = record.missing() + toSkip;
    if (header.remaining() != missing || missing == 0) {
      throw WalFormatException.damaged(
          "the page at %s goes on with %d bytes of a record, and %d are missing",
          address, header.remaining(), missing);
    }
    int position = header.length();
    int length = (int) Math.min(missing, pages.size() - position);
    if (toSkip > 0) {
      toSkip -= length;
    } else {
      append(address, position, length);
    }
    return aligned(position + length);
  }

  private int beginRecord(Lsn page, int position) throws WalFormatException {
    Lsn start = new Lsn(page.value() + position);
    long length = pages.intAt(position);
    if (length < WalRecord.HEADER || length > LONGEST_RECORD) {
      throw WalFormatException.damaged("the record at %s says that it has %d bytes", start, length);
    }
    record.begin(start, length);
    int here = (int) Math.min(length, pages.size() - position);
    append(page, position, here);
    return aligned(position + here);
  }

  private void append(Lsn page, int position, int length) throws WalFormatException {
    record.append(pages.bytes(), position, length);
    if (record.missing() == 0) {
      checkRecord();
      switched = WalRecord.isSwitch(record.manager(), record.info());
      if (record.manager() <= WalRecord.TRANSACTION) {
        Lsn end = new Lsn(page.value() + aligned(position + length));
        WalEvents.of(record.record(end)).ifPresent(events);
      }
    }
  }

  private void checkRecord() throws WalFormatException {
    Lsn start = record.start();
    if (!record.isWhole()) {
      throw WalFormatException.damaged("the checksum of the record at %s is wrong", start);
    }
    Lsn before = record.previous();
    if (previous == null ? !before.isBefore(start) : !before.equals(previous)) {
      throw WalFormatException.damaged(
          "the record at %s says that the one before it is at %s", start, before);
    }
    previous = start;
  }

  private static int aligned(int position) {
    return position + 7 & ~7;
  }
}
