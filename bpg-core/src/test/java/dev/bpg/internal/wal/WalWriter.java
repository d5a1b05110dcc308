package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes WAL as a server of Postgres 17 would, for what real servers write too seldom. */
final class WalWriter {

  static final int PAGE = 8192;
  static final long SYSTEM = 7_000_000_000_000_000_001L;

  private final WalSegments segments;
  private final ByteBuffer bytes;
  private final long base;
  private int timeline = 1;
  private long previous;
  private boolean replacing;

  /** A writer of some segments from a number on. */
  WalWriter(WalSegments segments, long first, int count) {
    this.segments = segments;
    this.base = segments.start(first).value();
    this.bytes =
        ByteBuffer.allocate((int) (segments.size() * count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the next record is going to begin, apart from a page's header. */
  Lsn position() {
    return new Lsn(base + bytes.position());
  }

  WalWriter timeline(int id) {
    timeline = id;
    return this;
  }

  /** Writes a record; where it begins. */
  Lsn record(int manager, int info, byte[] body) {
    ByteBuffer record =
        ByteBuffer.allocate(WalRecord.HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(record.capacity()).putInt(0).putLong(previous);
    record.put((byte) info).put((byte) manager).putShort((short) 0).putInt(0).put(body);
    CRC32C checksum = new CRC32C();
    checksum.update(body);
    checksum.update(record.array(), 0, 20);
    record.putInt(20, (int) checksum.getValue());
    beginPage(0);
    Lsn start = position();
    previous = start.value();
    write(record.array(), record.capacity());
    return start;
  }

  /** Writes only the beginning of a record, up to the end of the page, as before a crash. */
  Lsn cutOffRecord(int length) {
    beginPage(0);
    Lsn start = position();
    int here = PAGE - bytes.position() % PAGE;
    bytes.putInt(length);
    bytes.position(bytes.position() + here - Integer.BYTES);
    replacing = true;
    return start;
  }

  /** A commit with a time in microseconds after 2000. */
  Lsn commit(long time) {
    return record(WalRecord.TRANSACTION, 0, commitBody(time));
  }

  static byte[] commitBody(long time) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 255)
        .put((byte) 8)
        .putLong(time)
        .array();
  }

  private void write(byte[] record, int length) {
    int written = 0;
    while (written < length) {
      beginPage(length - written);
      int here = Math.min(length - written, PAGE - bytes.position() % PAGE);
      bytes.put(record, written, here);
      written += here;
    }
    bytes.position(bytes.position() + 7 & ~7);
  }

  private void beginPage(int remaining) {
    if (bytes.position() % PAGE != 0) {
      return;
    }
    boolean isLong = bytes.position() % segments.size() == 0;
    int flags = (remaining > 0 ? 1 : 0) | (isLong ? 2 : 0) | (replacing ? 8 : 0);
    replacing = false;
    long address = position().value();
    bytes.putShort((short) 0xD116).putShort((short) flags).putInt(timeline).putLong(address);
    bytes.putInt(remaining).putInt(0);
    if (isLong) {
      bytes.putLong(SYSTEM).putInt((int) segments.size()).putInt(PAGE);
    }
  }

  /** Fills the segment up with records. */
  void fill() {
    while (segments.size() - bytes.position() % segments.size() > PAGE) {
      record(10, 0, new byte[3000]);
    }
    int left = PAGE - bytes.position() % PAGE;
    if (left < PAGE) {
      record(10, 0, new byte[left - WalRecord.HEADER]);
    }
  }

  /** The content of a segment, by its place among those written. */
  InputStream segment(int index) {
    return new ByteArrayInputStream(content(index));
  }

  byte[] content(int index) {
    int size = (int) segments.size();
    return Arrays.copyOfRange(bytes.array(), index * size, (index + 1) * size);
  }
}
