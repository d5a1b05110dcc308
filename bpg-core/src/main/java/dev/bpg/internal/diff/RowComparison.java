package dev.bpg.internal.diff;

import dev.bpg.diff.ChangeKind;
import dev.bpg.diff.TableChange;
import dev.bpg.internal.diff.RowMerge.Difference;
import dev.bpg.internal.diff.TablePair.Shape;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares the rows of one table.
 *
 * <p>First each server sums the hashes of its rows in {@link HashSql#BUCKETS} parts, by the hash of
 * the key: one pass over the table and one small result, after which a table that is the same is
 * done with. Of the parts that differ, the hashes of all rows are then merged. A table that differs
 * counts as the same if, by chance, both sums of each part agree: 1 in 2^128 for hashes that behave
 * as if they were random. Two keys are taken for one with the same odds for each pair of keys.
 */
final class RowComparison {

  private final SessionPair sessions;
  private final TablePair table;

  RowComparison(SessionPair sessions, TablePair table) {
    this.sessions = sessions;
    this.table = table;
  }

  /** What differs; empty if nothing does. */
  Optional<TableChange> changes(String database) {
    Map<ChangeKind, Long> counts = table.isCommon() ? countDifferences() : countAll();
    Shape shape = table.any();
    TableChange change =
        new TableChange(
            database,
            shape.schema(),
            shape.name(),
            counts.getOrDefault(ChangeKind.ADDED, 0L),
            counts.getOrDefault(ChangeKind.REMOVED, 0L),
            counts.getOrDefault(ChangeKind.CHANGED, 0L),
            table.key(),
            table.columnsLeftOut());
    return change.rows() == 0 ? Optional.empty() : Optional.of(change);
  }

  private Map<ChangeKind, Long> countAll() {
    Shape shape = table.any();
    ChangeKind kind = table.after().isPresent() ? ChangeKind.ADDED : ChangeKind.REMOVED;
    Both<Session> two = sessions.sessions();
    Session session = kind == ChangeKind.ADDED ? two.after() : two.before();
    String sql = new HashSql(table, shape).count();
    return Map.of(kind, sessions.call(() -> session.list(sql, row -> row.getLong(1)).get(0)));
  }

  private Map<ChangeKind, Long> countDifferences() {
    List<Integer> buckets = differingBuckets();
    Map<ChangeKind, Long> counts = new EnumMap<>(ChangeKind.class);
    if (!buckets.isEmpty()) {
      Both<HashCursor> cursors = cursors(buckets);
      sessions.call(
          () -> {
            try (RowMerge merge = new RowMerge(cursors)) {
              for (Difference row = merge.next(); row != null; row = merge.next()) {
                counts.merge(row.kind(), 1L, Long::sum);
              }
            }
            return counts;
          });
    }
    return counts;
  }

  /** Begins to go over all rows that may differ. */
  RowMerge merge() {
    List<Integer> all = IntStream.range(0, HashSql.BUCKETS).boxed().toList();
    return new RowMerge(cursors(table.isCommon() ? differingBuckets() : all));
  }

  private Both<HashCursor> cursors(List<Integer> buckets) {
    Both<Session> two = sessions.sessions();
    return sessions.both(
        () -> cursor(two.before(), table.before(), buckets),
        () -> cursor(two.after(), table.after(), buckets));
  }

  private HashCursor cursor(Session session, Optional<Shape> shape, List<Integer> buckets)
      throws SQLException {
    return shape.isEmpty()
        ? HashCursor.empty()
        : HashCursor.open(session, new HashSql(table, shape.get()).rows(buckets));
  }

  private List<Integer> differingBuckets() {
    Both<Session> two = sessions.sessions();
    Both<Map<Integer, String>> sums =
        sessions.both(
            () -> buckets(two.before(), table.before().orElseThrow()),
            () -> buckets(two.after(), table.after().orElseThrow()));
    return IntStream.range(0, HashSql.BUCKETS)
        .filter(i -> !Objects.equals(sums.before().get(i), sums.after().get(i)))
        .boxed()
        .toList();
  }

  private Map<Integer, String> buckets(Session session, Shape shape) throws SQLException {
    Map<Integer, String> buckets = new HashMap<>();
    session.list(
        new HashSql(table, shape).buckets(),
        row ->
            buckets.put(
                row.getInt(1), row.getLong(2) + " " + row.getString(3) + " " + row.getString(4)));
    return buckets;
  }
}
