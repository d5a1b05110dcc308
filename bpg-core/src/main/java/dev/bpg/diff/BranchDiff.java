package dev.bpg.diff;

import dev.bpg.error.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What differs between two branches: how the one got from what the other is. Everything here was
 * read in one snapshot of each, except for {@link #rows}, which reads when it is called. Immutable
 * and thread-safe.
 */
public final class BranchDiff {

  private final String before;
  private final String after;
  private final List<SchemaChange> schema;
  private final List<TableChange> tables;
  private final List<SequenceChange> sequences;
  private final List<SkippedTable> skipped;
  private final RowSource rows;

  /**
   * A difference; bpg makes these.
   *
   * @param before the name of the branch that it is seen from, usually the parent
   * @param after the name of the branch that is looked at
   * @param schema what differs in the schemas, by database, type and name
   * @param tables whose rows differ, by database and name
   * @param sequences that have counted on, by database and name
   * @param skipped what was not compared, by database and name
   * @param rows where {@link #rows} come from
   */
  public BranchDiff(
      String before,
      String after,
      List<SchemaChange> schema,
      List<TableChange> tables,
      List<SequenceChange> sequences,
      List<SkippedTable> skipped,
      RowSource rows) {
    this.before = before;
    this.after = after;
    this.schema = List.copyOf(schema);
    this.tables = List.copyOf(tables);
    this.sequences = List.copyOf(sequences);
    this.skipped = List.copyOf(skipped);
    this.rows = rows;
  }

  /** The name of the branch that it is seen from, usually the parent. */
  public String before() {
    return before;
  }

  /** The name of the branch that is looked at. */
  public String after() {
    return after;
  }

  /** What differs in the schemas, by database, type and name. */
  public List<SchemaChange> schema() {
    return schema;
  }

  /** The tables whose rows differ, by database, schema and name. */
  public List<TableChange> tables() {
    return tables;
  }

  /** The sequences that have counted to another value, by database, schema and name. */
  public List<SequenceChange> sequences() {
    return sequences;
  }

  /** The tables whose rows were not compared, with the reason. */
  public List<SkippedTable> skipped() {
    return skipped;
  }

  /** Whether nothing differs. Tables that were skipped do not count. */
  public boolean isEmpty() {
    return schema.isEmpty() && tables.isEmpty() && sequences.isEmpty();
  }

  /**
   * A table whose rows differ, of the first database that has it; empty if they do not differ.
   *
   * @param schemaName the name of its schema, not quoted
   * @param name its name, not quoted
   */
  public Optional<TableChange> table(String schemaName, String name) {
    return tables.stream()
        .filter(table -> table.schema().equals(schemaName) && table.name().equals(name))
        .findFirst();
  }

  /**
   * Reads the rows of a table that differ, one by one: however many they are, only one of each side
   * is in memory. They are as they are at this call, in a snapshot of each branch, which may be
   * newer than this difference. In no particular order; a table without a key gives what was added
   * and removed. The stream holds a connection to each branch until it is read to its end or
   * closed: use it in a try. Interrupting the thread that reads it ends it with a {@link
   * dev.bpg.error.CancelledException}.
   *
   * @param table one of {@link #tables}
   * @throws RefusedException if it is not one of them, or neither branch has it any more
   * @throws dev.bpg.error.UnavailableException if a branch cannot be reached
   */
  public Stream<RowChange> rows(TableChange table) {
    if (!tables.contains(table)) {
      throw new RefusedException(
          "read the rows of",
          table.qualifiedName(),
          "it is not a table of this difference",
          "take one of tables()");
    }
    return rows.open(table);
  }

  /** All of it as a text of several lines, for people: the same as {@link #toString()}. */
  public String text() {
    return new DiffText(this, 0).toString();
  }

  /**
   * The same with rows: some of each table that differs, and how many more there are. Of a changed
   * row, its key and what changed. Long values are cut. Reads the rows, as {@link #rows} does.
   *
   * @param rows how many rows to show of each table at most
   * @throws dev.bpg.error.UnavailableException if a branch cannot be reached
   */
  public String text(int rows) {
    return new DiffText(this, rows).toString();
  }

  /** {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
