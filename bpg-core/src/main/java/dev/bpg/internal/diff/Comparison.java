package dev.bpg.internal.diff;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.SchemaChange;
import dev.bpg.diff.SequenceChange;
import dev.bpg.diff.SkippedTable;
import dev.bpg.diff.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares two servers. Of each database, everything is read in one snapshot of each side, with two
 * connections that work at the same time. Used once, by one thread.
 */
public final class Comparison {

  /** The database that every cluster has, to ask for others. */
  private static final String ANY = "postgres";

  private static final String DATABASES =
      "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate";

  private final Both<Side> sides;
  private final DiffOptions options;
  private final List<SchemaChange> schema = new ArrayList<>();
  private final List<TableChange> tables = new ArrayList<>();
  private final List<SequenceChange> sequences = new ArrayList<>();
  private final List<SkippedTable> skipped = new ArrayList<>();

  private Comparison(Both<Side> sides, DiffOptions options) {
    this.sides = sides;
    this.options = options;
  }

  /**
   * Compares two servers. Both stay as they are.
   *
   * @param before the one that the difference is seen from
   * @param after the one that is looked at
   * @throws dev.bpg.error.NotFoundException if one of them has no database of that name
   * @throws dev.bpg.error.UnavailableException if one of them cannot be reached
   * @throws dev.bpg.error.BusyException if a statement takes too long, or a schema is changed
   *     meanwhile
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public static BranchDiff of(Side before, Side after, DiffOptions options) {
    return new Comparison(new Both<>(before, after), options).run();
  }

  private BranchDiff run() {
    String first = options.database().orElse(ANY);
    List<String> databases = new ArrayList<>();
    try (SessionPair pair = SessionPair.open(sides, first, options)) {
      schema.addAll(new SchemaComparison(Optional.empty(), ClusterQueries.ALL).changes(pair));
      if (options.database().isEmpty()) {
        databases.addAll(common(pair));
      } else {
        compare(pair, first);
      }
    }
    for (String database : databases) {
      try (SessionPair pair = SessionPair.open(sides, database, options)) {
        compare(pair, database);
      }
    }
    return new BranchDiff(
        sides.before().name(),
        sides.after().name(),
        schema,
        tables,
        sequences,
        skipped,
        table -> ChangedRows.open(sides, table, options));
  }

  private static List<String> common(SessionPair pair) {
    Both<List<String>> names =
        pair.both(session -> session.list(DATABASES, row -> row.getString(1)));
    return names.after().stream().filter(names.before()::contains).sorted().toList();
  }

  private void compare(SessionPair pair, String database) {
    schema.addAll(new SchemaComparison(Optional.of(database), DatabaseQueries.ALL).changes(pair));
    for (TablePair table : Tables.of(pair)) {
      String reason = table.skipped();
      if (reason.isEmpty()) {
        new RowComparison(pair, table).changes(database).ifPresent(tables::add);
      } else {
        skipped.add(new SkippedTable(database, table.any().schema(), table.any().name(), reason));
      }
    }
    sequences.addAll(Sequences.changes(pair, database));
  }
}
