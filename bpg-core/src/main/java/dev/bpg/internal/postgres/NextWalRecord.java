package dev.bpg.internal.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the next record of the write-ahead log goes.
 *
 * @param lsn its position
 * @param file the name of the segment
 * @param offset where in that, in bytes
 */
record NextWalRecord(long lsn, String file, int offset) {

  private static final Logger LOG = LoggerFactory.getLogger(NextWalRecord.class);

  private static final String FOLDER = "pg_wal";

  // Records of readers may come first: with checksums, whole pages in which they set hints.
  private static final int BYTES = 1 << 17;

  // A record begins with its length, the id of its transaction, and the position of the record
  // before it, which is less than a segment of the usual size away: XLogRecord in Postgres'
  // xlogrecord.h. It is in the machine's byte order, and all begin at multiples of eight.
  private static final int ALIGNMENT = 8;
  private static final int HEADER = 24;
  private static final int TRANSACTION = 4;
  private static final int PREVIOUS = 8;
  private static final long REACH = 1 << 24;

  /**
   * Whether a record of this transaction is in the file, there or soon after. No, too, if that
   * cannot be seen.
   */
  boolean isFollowedBy(long transaction, Path data) {
    try (FileChannel segment = FileChannel.open(data.resolve(FOLDER).resolve(file))) {
      ByteBuffer records = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
      int read = segment.read(records, offset);
      for (int at = 0; at + HEADER <= read; at += ALIGNMENT) {
        if (isRecord(records, at, (int) transaction)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      LOG.debug("the write-ahead log below {} cannot be looked at; its server is asked", data, e);
      return false;
    }
  }

  private boolean isRecord(ByteBuffer bytes, int at, int transaction) {
    long previous = bytes.getLong(at + PREVIOUS);
    return bytes.getInt(at + TRANSACTION) == transaction
        && bytes.getInt(at) >= HEADER
        && previous < lsn + at
        && previous >= lsn - REACH;
  }
}
