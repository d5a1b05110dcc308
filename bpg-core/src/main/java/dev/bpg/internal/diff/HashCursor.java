package dev.bpg.internal.diff;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Walks over the hashes of a table's rows in the order of their keys' hashes. */
final class HashCursor implements AutoCloseable {

  private final @Nullable PreparedStatement statement;
  private final @Nullable ResultSet rows;
  private boolean onRow;
  private long key1;
  private long key2;
  private long row1;
  private long row2;
  private String place = "";

  private HashCursor(@Nullable PreparedStatement statement, @Nullable ResultSet rows) {
    this.statement = statement;
    this.rows = rows;
  }

  /** Stands on the first row of the result of {@link HashSql#rows}, if there is one. */
  static HashCursor open(Session session, String sql) throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    HashCursor cursor = new HashCursor(statement, statement.executeQuery());
    cursor.advance();
    return cursor;
  }

  /** Of a table that is not there. */
  static HashCursor empty() {
    return new HashCursor(null, null);
  }

  void advance() throws SQLException {
    onRow = rows != null && rows.next();
    if (onRow) {
      key1 = rows.getLong(1);
      key2 = rows.getLong(2);
      row1 = rows.getLong(3);
      row2 = rows.getLong(4);
      place = rows.getString(5);
    }
  }

  boolean isOnRow() {
    return onRow;
  }

  /** Where the row is: the id of its table, a space, and its place in that. */
  String place() {
    return place;
  }

  /**
   * Negative if this one's row comes first, 0 if both have the same key; at its end, it is last.
   */
  int compareKey(HashCursor other) {
    if (!onRow || !other.onRow) {
      return Boolean.compare(!onRow, !other.onRow);
    }
    int first = Long.compare(key1, other.key1);
    return first != 0 ? first : Long.compare(key2, other.key2);
  }

  boolean equalRow(HashCursor other) {
    return row1 == other.row1 && row2 == other.row2;
  }

  @Override
  public void close() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }
}
