package dev.bpg.internal.diff;

import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import dev.bpg.diff.TableChange;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.diff.RowMerge.Difference;
import dev.bpg.internal.diff.TablePair.Shape;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that differ, one after the other. Where a row is, the hashes tell; its values
 * are fetched when it is its turn, so that wide rows do not pile up. Closes its sessions at its end
 * and on any failure.
 */
final class ChangedRows extends AbstractSpliterator<RowChange> {

  private final SessionPair sessions;
  private final TablePair table;
  private final RowMerge merge;
  private boolean ended;

  private ChangedRows(SessionPair sessions, TablePair table) {
    super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.IMMUTABLE);
    this.sessions = sessions;
    this.table = table;
    this.merge = new RowComparison(sessions, table).merge();
  }

  /** Opens sessions of its own, which go when the stream is closed. */
  static Stream<RowChange> open(Both<Side> sides, TableChange change, DiffOptions options) {
    SessionPair sessions = SessionPair.open(sides, change.database(), options);
    try {
      TablePair table =
          Tables.of(sessions).stream()
              .filter(t -> t.any().schema().equals(change.schema()))
              .filter(t -> t.any().name().equals(change.name()))
              .findFirst()
              .orElseThrow(() -> gone(change));
      return StreamSupport.stream(new ChangedRows(sessions, table), false).onClose(sessions::close);
    } catch (RuntimeException e) {
      try (sessions) {
        throw e;
      }
    }
  }

  private static RefusedException gone(TableChange change) {
    return new RefusedException(
        "read the rows of",
        change.qualifiedName(),
        "neither branch has it any more",
        "compare the branches again");
  }

  @Override
  public boolean tryAdvance(Consumer<? super RowChange> action) {
    // Iterators ask again after the end.
    if (ended) {
      return false;
    }
    @Nullable RowChange row;
    try {
      row = sessions.call(this::next);
    } catch (RuntimeException e) {
      ended = true;
      try (sessions) {
        throw e;
      }
    }
    if (row == null) {
      ended = true;
      sessions.close();
      return false;
    }
    action.accept(row);
    return true;
  }

  private @Nullable RowChange next() throws SQLException {
    Difference difference = merge.next();
    if (difference == null) {
      return null;
    }
    Both<Session> two = sessions.sessions();
    Optional<Map<String, @Nullable String>> before =
        switch (difference.kind()) {
          case ADDED -> Optional.empty();
          case REMOVED, CHANGED -> fetch(two.before(), table.before(), difference.placeBefore());
        };
    Optional<Map<String, @Nullable String>> after =
        switch (difference.kind()) {
          case REMOVED -> Optional.empty();
          case ADDED, CHANGED -> fetch(two.after(), table.after(), difference.placeAfter());
        };
    Map<String, @Nullable String> key = new LinkedHashMap<>(after.or(() -> before).orElseThrow());
    key.keySet().retainAll(table.key());
    return new RowChange(difference.kind(), key, before, after);
  }

  private Optional<Map<String, @Nullable String>> fetch(
      Session session, Optional<Shape> shape, String place) throws SQLException {
    List<String> columns = table.columns();
    String sql = new HashSql(table, shape.orElseThrow()).row();
    int space = place.indexOf(' ');
    try (PreparedStatement statement = session.prepare(sql)) {
      statement.setString(1, place.substring(0, space));
      statement.setString(2, place.substring(space + 1));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          values.put(columns.get(i), row.getString(i + 1));
        }
        return Optional.of(values);
      }
    }
  }
}
