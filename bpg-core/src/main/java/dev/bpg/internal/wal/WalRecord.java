package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.nio.ByteBuffer;

/**
 * A record of the WAL whose checksum is right.
 *
 * @param start where it begins
 * @param end where the byte after it is, which is where recovery stands after replaying it
 * @param manager the id of the resource manager that wrote it
 * @param info what the manager says of its kind
 * @param body the first bytes after its header; all of them if it is short
 */
record WalRecord(Lsn start, Lsn end, int manager, int info, ByteBuffer body) {

  static final int HEADER = 24;

  /** The id of the manager of the WAL itself. */
  static final int XLOG = 0;

  /** The id of the manager of transactions. */
  static final int TRANSACTION = 1;

  private static final int SWITCH = 0x40;

  // The lower bits of a record's info are not its manager's.
  private static final int MANAGERS_BITS = 0xF0;

  /** Whether the rest of the segment is not used. */
  static boolean isSwitch(int manager, int info) {
    return manager == XLOG && (info & MANAGERS_BITS) == SWITCH;
  }

  /** What the manager says of its kind, without what is not the manager's. */
  int kind() {
    return info & MANAGERS_BITS;
  }
}
