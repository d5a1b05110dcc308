package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The pages of segments, one at a time, with their headers checked. Holds one page, whatever the
 * size of the segment.
 */
final class WalPages {

  private static final int SMALLEST_PAGE = 1024;
  private static final int LARGEST_PAGE = 64 * 1024;

  private final WalSegments segments;
  private final byte[] bytes = new byte[LARGEST_PAGE];
  private final ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private OptionalLong system;
  private int size;

  WalPages(WalSegments segments, OptionalLong system) {
    this.segments = segments;
    this.system = system;
  }

  /** The system identifier that is asked for, or that of the first segment. */
  OptionalLong system() {
    return system;
  }

  /** The bytes of the page that was read last. */
  byte[] bytes() {
    return bytes;
  }

  /** The size of a page. */
  int size() {
    return size;
  }

  /** A number without a sign, from the page that was read last. */
  long intAt(int position) {
    return Integer.toUnsignedLong(page.getInt(position));
  }

  /** Reads the first page of a segment, which tells of the server too. */
  WalPageHeader readFirst(TimelineHistory history, Lsn address, InputStream content)
      throws IOException {
    fill(content, 0, WalPageHeader.LONG);
    WalPageHeader header = parse(address);
    checkServer(header);
    check(header, history, address);
    size = header.pageSize();
    fill(content, WalPageHeader.LONG, size);
    return header;
  }

  /** Reads another page without looking at it. */
  void skip(InputStream content) throws IOException {
    fill(content, 0, size);
  }

  /** Checks the page that was read last. */
  WalPageHeader check(TimelineHistory history, Lsn address) throws WalFormatException {
    WalPageHeader header = parse(address);
    check(header, history, address);
    return header;
  }

  /** Makes sure that there is nothing more. */
  void readEnd(InputStream content) throws IOException {
    if (content.read() >= 0) {
      throw WalFormatException.damaged("it has more than %d bytes", segments.size());
    }
  }

  private void fill(InputStream content, int from, int to) throws IOException {
    if (content.readNBytes(bytes, from, to - from) < to - from) {
      throw WalFormatException.damaged("it has less than %d bytes", segments.size());
    }
  }

  private WalPageHeader parse(Lsn address) throws WalFormatException {
    try {
      return WalPageHeader.parse(page);
    } catch (WalFormatException e) {
      throw WalFormatException.damaged("at %s %s", address, e.getMessage());
    }
  }

  private void checkServer(WalPageHeader header) throws WalFormatException {
    if (!header.isLong()) {
      throw WalFormatException.damaged("it does not begin with the header of a segment");
    }
    if (system.isPresent() && system.getAsLong() != header.systemIdentifier()) {
      throw WalFormatException.foreign(
          "it is of the server with the system identifier %s, and the archive is of %s",
          Long.toUnsignedString(header.systemIdentifier()),
          Long.toUnsignedString(system.getAsLong()));
    }
    if (header.segmentSize() != segments.size()) {
      throw WalFormatException.foreign(
          "it is of a server with segments of %d bytes, and the archive's have %d",
          header.segmentSize(), segments.size());
    }
    int pageSize = header.pageSize();
    if (Integer.bitCount(pageSize) != 1 || pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE) {
      throw WalFormatException.damaged("it says that its pages have %d bytes", pageSize);
    }
    system = OptionalLong.of(header.systemIdentifier());
  }

  private static void check(WalPageHeader header, TimelineHistory history, Lsn address)
      throws WalFormatException {
    if (!header.address().equals(address)) {
      throw WalFormatException.damaged(
          "the page at %s says that it is at %s", address, header.address());
    }
    if (!history.mayBegin(header.timeline(), address)) {
      throw WalFormatException.damaged(
          "the page at %s is on timeline %s", address, Integer.toUnsignedString(header.timeline()));
    }
  }
}
