package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The header that each page of the WAL begins with. The long form, at the beginning of a segment,
 * tells of the server too.
 *
 * @param flags the bits that follow the magic number
 * @param timeline the timeline on which the page was begun
 * @param address where the page begins, by itself
 * @param remaining how many bytes of a record that began before are still to come
 * @param systemIdentifier the server's, which {@code initdb} drew; 0 in the short form
 * @param segmentSize the server's segment size; 0 in the short form
 * @param pageSize the server's page size; 0 in the short form
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/access/xlog_internal.h">
 *     xlog_internal.h, XLogPageHeaderData</a>
 */
public record WalPageHeader(
    int flags,
    int timeline,
    Lsn address,
    long remaining,
    long systemIdentifier,
    long segmentSize,
    int pageSize) {

  /** The length of the long form. */
  static final int LONG = 40;

  static final int SHORT = 24;

  private static final int FIRST_IS_CONTINUATION = 0x0001;
  private static final int LONG_HEADER = 0x0002;
  private static final int FIRST_REPLACES_CONTINUATION = 0x0008;

  // Of Postgres 14, 15, 16, 17 and 18. A magic number changes with any change of the format.
  private static final Set<Integer> MAGIC = Set.of(0xD10D, 0xD110, 0xD113, 0xD116, 0xD118);

  /**
   * Reads the header at the beginning of a page.
   *
   * @throws WalFormatException if there is none
   */
  static WalPageHeader parse(ByteBuffer page) throws WalFormatException {
    int magic = Short.toUnsignedInt(page.getShort(0));
    if (!MAGIC.contains(magic)) {
      throw WalFormatException.damaged(
          "there is no page header of Postgres 14 to 18, but the magic number %04X", magic);
    }
    int flags = Short.toUnsignedInt(page.getShort(2));
    boolean isLong = (flags & LONG_HEADER) != 0;
    return new WalPageHeader(
        flags,
        page.getInt(4),
        new Lsn(page.getLong(8)),
        Integer.toUnsignedLong(page.getInt(16)),
        isLong ? page.getLong(24) : 0,
        isLong ? Integer.toUnsignedLong(page.getInt(32)) : 0,
        isLong ? page.getInt(36) : 0);
  }

  /**
   * Reads the header at the beginning of a segment, such as one of a server's {@code pg_wal}.
   *
   * @throws WalFormatException if there is none
   */
  public static WalPageHeader read(InputStream segment) throws IOException {
    byte[] bytes = segment.readNBytes(LONG);
    if (bytes.length < LONG) {
      throw WalFormatException.damaged("it has only %d bytes", bytes.length);
    }
    WalPageHeader header = parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    if (!header.isLong()) {
      throw WalFormatException.damaged("it does not begin with the header of a segment");
    }
    return header;
  }

  /** Whether this is the long form. */
  public boolean isLong() {
    return (flags & LONG_HEADER) != 0;
  }

  int length() {
    return isLong() ? LONG : SHORT;
  }

  /** Whether the page begins with the rest of a record. */
  boolean continuesRecord() {
    return (flags & FIRST_IS_CONTINUATION) != 0;
  }

  /** Whether a server that had crashed over a record began anew here, without the record's rest. */
  boolean replacesContinuation() {
    return (flags & FIRST_REPLACES_CONTINUATION) != 0;
  }
}
