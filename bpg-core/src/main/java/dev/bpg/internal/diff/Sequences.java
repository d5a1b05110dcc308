package dev.bpg.internal.diff;

import dev.bpg.diff.SequenceChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the sequences of a database have counted to. */
final class Sequences {

  private static final String LIST =
      """
      SELECT n.nspname, c.relname, s.seqincrement,
        pg_catalog.format(
          'SELECT %%s::bigint, last_value, log_cnt, is_called FROM %%I.%%I',
          c.oid, n.nspname, c.relname), c.oid
      FROM pg_catalog.pg_sequence s
      JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relpersistence <> 't' AND %s AND %s
      ORDER BY n.nspname, c.relname
      """
          .formatted(Fragments.USER_SCHEMA, Fragments.notOfExtension("pg_class", "c.oid"));

  private static final int AT_ONCE = 200;

  /**
   * A sequence.
   *
   * @param last the value in its row
   * @param ahead how many values it may still give without writing WAL
   * @param called whether the value was given already
   */
  private record Counter(
      String schema, String name, long increment, long last, long ahead, boolean called) {

    /** What it gives next, if it does not come to its end. */
    long next() {
      return called ? last + increment : last;
    }

    /** Whether it is what a crash makes of the other: what was logged in advance is skipped. */
    boolean isAfterCrashOf(Counter other) {
      return ahead == 0
          && called
          && other.called
          && increment == other.increment
          && last == other.last + other.increment * other.ahead;
    }

    boolean isSame(Counter other) {
      return next() == other.next() || isAfterCrashOf(other) || other.isAfterCrashOf(this);
    }
  }

  /** What a sequence is called and how its row is read. */
  private record Listed(String schema, String name, long increment, String query, long id) {}

  private Sequences() {}

  /** Those that both sides have and that will give other values. */
  static List<SequenceChange> changes(SessionPair pair, String database) {
    Both<Map<List<String>, Counter>> counters = pair.both(Sequences::read);
    List<SequenceChange> changes = new ArrayList<>();
    counters
        .after()
        .forEach(
            (name, after) -> {
              Counter before = counters.before().get(name);
              if (before != null && !after.isSame(before)) {
                changes.add(
                    new SequenceChange(
                        database, after.schema(), after.name(), before.next(), after.next()));
              }
            });
    return changes;
  }

  private static Map<List<String>, Counter> read(Session session) throws SQLException {
    List<Listed> list =
        session.list(
            LIST,
            row ->
                new Listed(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getLong(5)));
    Map<List<String>, Counter> counters = new TreeMap<>(Tables.BY_NAME);
    for (int from = 0; from < list.size(); from += AT_ONCE) {
      read(session, list.subList(from, Math.min(list.size(), from + AT_ONCE)), counters);
    }
    return counters;
  }

  private static void read(Session session, List<Listed> some, Map<List<String>, Counter> counters)
      throws SQLException {
    Map<Long, Listed> byId = new TreeMap<>();
    some.forEach(listed -> byId.put(listed.id(), listed));
    session.list(
        String.join(" UNION ALL ", some.stream().map(Listed::query).toList()),
        row -> {
          Listed listed = byId.get(row.getLong(1));
          return counters.put(
              List.of(listed.schema(), listed.name()),
              new Counter(
                  listed.schema(),
                  listed.name(),
                  listed.increment(),
                  row.getLong(2),
                  row.getLong(3),
                  row.getBoolean(4)));
        });
  }
}
