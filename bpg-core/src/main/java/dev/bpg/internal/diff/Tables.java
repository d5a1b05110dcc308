package dev.bpg.internal.diff;

import dev.bpg.internal.diff.TablePair.Shape;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which tables a database has whose rows can be compared. */
final class Tables {

  // Partitions are read through what they are partitions of. Materialized views that are not
  // populated cannot be read and count as not there. Superusers may read large objects' pages.
  private static final String TABLES =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind = 'p',
        CASE
          WHEN c.relkind = 'f' THEN 'it is a foreign table'
          WHEN c.relkind = 'p' AND EXISTS (
            SELECT FROM pg_catalog.pg_partition_tree(c.oid) p
            JOIN pg_catalog.pg_class leaf ON leaf.oid = p.relid
            WHERE leaf.relkind = 'f') THEN 'it has foreign tables as partitions'
          ELSE ''
        END,
        ARRAY(
          SELECT a.attname::text FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          ORDER BY a.attnum)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition AND c.relispopulated
        AND c.relpersistence <> 't' AND %s AND %s
        OR c.oid = 'pg_catalog.pg_largeobject'::regclass
      """
          .formatted(Fragments.USER_SCHEMA, Fragments.notOfExtension("pg_class", "c.oid"));

  // The primary key first. A column that is "not null" by a constraint that was not validated
  // (Postgres 18) may have nulls.
  private static final String KEYS =
      """
      SELECT i.indrelid, ARRAY(
          SELECT a.attname::text
          FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
          WHERE k.place <= i.indnkeyatts
          ORDER BY k.place)
      FROM pg_catalog.pg_index i
      WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (
          SELECT FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
          WHERE k.place <= i.indnkeyatts AND (NOT a.attnotnull OR EXISTS (
            SELECT FROM pg_catalog.pg_constraint c
            WHERE c.conrelid = i.indrelid AND c.contype = 'n' AND NOT c.convalidated
              AND c.conkey[1] = a.attnum)))
      ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
      """;

  /** Orders schema and name. */
  static final Comparator<List<String>> BY_NAME =
      Comparator.comparing((List<String> name) -> name.get(0)).thenComparing(name -> name.get(1));

  private Tables() {}

  /** The tables of both sides, by schema and name. */
  static List<TablePair> of(SessionPair pair) {
    Both<List<Shape>> tables = pair.both(Tables::read);
    Map<List<String>, TablePair> byName = new TreeMap<>(BY_NAME);
    for (Shape shape : tables.before()) {
      byName.put(name(shape), new TablePair(Optional.of(shape), Optional.empty()));
    }
    for (Shape shape : tables.after()) {
      byName.merge(
          name(shape),
          new TablePair(Optional.empty(), Optional.of(shape)),
          (b, a) -> new TablePair(b.before(), a.after()));
    }
    return List.copyOf(byName.values());
  }

  private static List<String> name(Shape shape) {
    return List.of(shape.schema(), shape.name());
  }

  private static List<Shape> read(Session session) throws SQLException {
    Map<Long, List<List<String>>> keys = new HashMap<>();
    session.list(
        KEYS,
        row -> keys.computeIfAbsent(row.getLong(1), table -> new ArrayList<>()).add(texts(row, 2)));
    return session.list(
        TABLES,
        row ->
            new Shape(
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                texts(row, 6),
                List.copyOf(keys.getOrDefault(row.getLong(1), List.of()))));
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }
}
