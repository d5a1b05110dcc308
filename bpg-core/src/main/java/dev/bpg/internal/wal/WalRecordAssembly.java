package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * One record on its way through the pages that it lies on. Its checksum is made as its bytes pass,
 * so that no record has to be held, however long.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/access/xlogrecord.h">
 *     xlogrecord.h, XLogRecord</a>
 */
final class WalRecordAssembly {

  // Enough of a transaction's end for its time and of a restore point for its name.
  private static final int KEPT = 128;

  private static final int OFFSET_OF_CHECKSUM = 20;

  private final ByteBuffer header =
      ByteBuffer.allocate(WalRecord.HEADER).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer body = ByteBuffer.allocate(KEPT).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();
  private Lsn start = new Lsn(0);
  private long missing;

  /** Begins a record of some length. */
  void begin(Lsn at, long length) {
    start = at;
    missing = length;
    header.clear();
    body.clear();
    checksum.reset();
  }

  Lsn start() {
    return start;
  }

  /** How many bytes have not passed yet. */
  long missing() {
    return missing;
  }

  /** Takes bytes of the record. */
  void append(byte[] bytes, int offset, int length) {
    int ofHeader = Math.min(length, header.remaining());
    header.put(bytes, offset, ofHeader);
    int ofBody = length - ofHeader;
    if (ofBody > 0) {
      checksum.update(bytes, offset + ofHeader, ofBody);
      body.put(bytes, offset + ofHeader, Math.min(ofBody, body.remaining()));
    }
    missing -= length;
  }

  int manager() {
    return Byte.toUnsignedInt(header.get(17));
  }

  int info() {
    return Byte.toUnsignedInt(header.get(16));
  }

  /** Where the record before it begins, as it says. */
  Lsn previous() {
    return new Lsn(header.getLong(8));
  }

  /** Whether the bytes are those that the server wrote. To be asked once, when none is missing. */
  boolean isWhole() {
    checksum.update(header.array(), 0, OFFSET_OF_CHECKSUM);
    return (int) checksum.getValue() == header.getInt(OFFSET_OF_CHECKSUM);
  }

  WalRecord record(Lsn end) {
    ByteBuffer copy = ByteBuffer.allocate(body.position()).order(ByteOrder.LITTLE_ENDIAN);
    copy.put(body.array(), 0, body.position()).flip();
    return new WalRecord(start, end, manager(), info(), copy);
  }
}
