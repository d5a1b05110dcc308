package dev.bpg.internal.diff;

import dev.bpg.diff.ChangeKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Goes over both sides of a table in step and stops at what differs. Holds one row's hashes of each
 * side, whatever the size of the table. Of a table without a key, whose keys are whole rows, equal
 * rows pair off one by one, so that what is left is the difference of two multisets.
 */
final class RowMerge implements AutoCloseable {

  private final HashCursor before;
  private final HashCursor after;

  /** A row that differs, and where it is on the sides that have it. */
  record Difference(ChangeKind kind, String placeBefore, String placeAfter) {}

  RowMerge(Both<HashCursor> cursors) {
    this.before = cursors.before();
    this.after = cursors.after();
  }

  /** The next row that differs; null after the last. */
  @Nullable Difference next() throws SQLException {
    while (before.isOnRow() || after.isOnRow()) {
      int order = before.compareKey(after);
      boolean equal = order == 0 && before.equalRow(after);
      ChangeKind kind =
          order < 0 ? ChangeKind.REMOVED : order > 0 ? ChangeKind.ADDED : ChangeKind.CHANGED;
      Difference difference = new Difference(kind, before.place(), after.place());
      if (order <= 0) {
        before.advance();
      }
      if (order >= 0) {
        after.advance();
      }
      if (!equal) {
        return difference;
      }
    }
    return null;
  }

  @Override
  public void close() throws SQLException {
    try (before;
        after) {
      // Closes both, whatever becomes of the first.
    }
  }
}
