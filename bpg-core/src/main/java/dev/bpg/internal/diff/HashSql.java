package dev.bpg.internal.diff;

import dev.bpg.internal.diff.TablePair.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries on one table of one side.
 *
 * <p>A row stands for itself by two hashes of 64 bits of its text, with different seeds: {@code
 * ROW(…)::text} quotes so that different values have different texts, and NULL is not the empty
 * text. Rows of one key are found by the same two hashes of the key's text. Text, because each type
 * has one and some have no equality or take different values for equal (1.0 and 1.00); hashtext,
 * because it is many times faster than md5, which servers in FIPS mode refuse.
 */
final class HashSql {

  /** Into how many parts a table is divided to find what differs. A power of two. */
  static final int BUCKETS = 1024;

  // Any two numbers. Collation C hashes the bytes.
  private static final String SEED_1 = "1785632841";
  private static final String SEED_2 = "6364136223846793005";
  private static final String HASH = "pg_catalog.hashtextextended(%s, %s)";

  private final TablePair pair;
  private final Shape shape;

  HashSql(TablePair pair, Shape shape) {
    this.pair = pair;
    this.shape = shape;
  }

  /** How many rows there are. */
  String count() {
    return "SELECT pg_catalog.count(*) FROM " + from();
  }

  /** Per part: its number, its rows, and the sums of their hashes. */
  String buckets() {
    // OFFSET 0 keeps the planner from computing the texts once for each hash.
    return "SELECT "
        + hash("k", SEED_1)
        + " & "
        + (BUCKETS - 1)
        + " AS bucket, pg_catalog.count(*), pg_catalog.sum("
        + hash("r", SEED_1)
        + "), pg_catalog.sum("
        + hash("r", SEED_2)
        + ") FROM ("
        + texts("")
        + ") x GROUP BY 1";
  }

  /** Per row of some parts: the hashes of key and row, and where it is; in the order of keys. */
  String rows(List<Integer> buckets) {
    String wanted =
        buckets.size() == BUCKETS
            ? ""
            : " WHERE "
                + hash(text(pair.keyOrAll()), SEED_1)
                + " & "
                + (BUCKETS - 1)
                + " = ANY ('{"
                + buckets.stream().map(String::valueOf).collect(Collectors.joining(","))
                + "}'::bigint[])";
    return "SELECT "
        + String.join(
            ", ", hash("k", SEED_1), hash("k", SEED_2), hash("r", SEED_1), hash("r", SEED_2))
        + ", place FROM ("
        + texts(wanted)
        + ") x ORDER BY 1, 2";
  }

  /** The columns of a row at a place, which is good for as long as the snapshot. */
  String row() {
    String columns =
        pair.columns().stream()
            .map(column -> "t." + quoted(column) + "::text")
            .collect(Collectors.joining(", "));
    return "SELECT "
        + columns
        + " FROM "
        + from()
        + " WHERE t.tableoid = ?::oid AND t.ctid = ?::tid";
  }

  private String texts(String where) {
    return "SELECT "
        + text(pair.keyOrAll())
        + " AS k, "
        + text(pair.columns())
        + " AS r, t.tableoid || ' ' || t.ctid AS place FROM "
        + from()
        + where
        + " OFFSET 0";
  }

  private String from() {
    return (shape.partitioned() ? "" : "ONLY ")
        + quoted(shape.schema())
        + "."
        + quoted(shape.name())
        + " t";
  }

  private static String hash(String text, String seed) {
    return HASH.formatted(text, seed);
  }

  private static String text(List<String> columns) {
    return columns.stream()
        .map(column -> "t." + quoted(column))
        .collect(Collectors.joining(", ", "ROW(", ")::text COLLATE pg_catalog.\"C\""));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
