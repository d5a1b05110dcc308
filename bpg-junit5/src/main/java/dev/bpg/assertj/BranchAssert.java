package dev.bpg.assertj;

import dev.bpg.Branch;
import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.model.BranchStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a branch. Changes are those of {@link Branch#changes}: what was committed here
 * since the branch got its data, and was not taken back. Sequences that counted on are no changes,
 * for no rollback takes them back; foreign tables are not looked at.
 *
 * <p>Tables are named as in SQL: {@code orders}, found by the search path, {@code shop.orders},
 * {@code "Order Items"} with its quotes. A name that Postgres cannot read, a condition that it
 * refuses, and a branch that does not run where it has to, are no failed assertions but {@link
 * dev.bpg.error.BpgException}s.
 */
public final class BranchAssert extends AbstractAssert<BranchAssert, Branch> {

  private static final int SHOWN_ROWS = 5;

  private final String database;

  BranchAssert(@Nullable Branch branch) {
    this(branch, "postgres");
  }

  private BranchAssert(@Nullable Branch branch, String database) {
    super(branch, BranchAssert.class);
    this.database = database;
  }

  /** Goes on in another SQL database of the branch's server. Default: {@code postgres}. */
  public BranchAssert inDatabase(String name) {
    isNotNull();
    return new BranchAssert(actual, name).as("%s", descriptionText());
  }

  /** Its server takes connections. */
  public BranchAssert isRunning() {
    isNotNull();
    BranchStatus status = actual.status();
    if (status.state() != BranchStatus.State.RUNNING) {
      fail("Expecting %s to run, but it is %s: %s", actual, status.state(), status.reason());
    }
    return this;
  }

  /** Neither a row nor the schema was changed. */
  public BranchAssert hasNoChanges() {
    String found = changes(diff -> Changes.isNone(diff) ? "" : Changes.text(diff, SHOWN_ROWS));
    if (!found.isEmpty()) {
      fail("Expecting %s to have no changes, but it has:\n%s", actual, found);
    }
    return this;
  }

  /**
   * Rows of each of these tables were changed, and of no other; the schema was not. Rows are
   * changed that were inserted, updated or deleted, also by triggers.
   */
  public BranchAssert changedOnly(String table, String... more) {
    isNotNull();
    Set<TableName> wanted = new LinkedHashSet<>();
    try (Tables tables = Tables.of(actual, database)) {
      wanted.add(find(tables, table));
      for (String other : more) {
        wanted.add(find(tables, other));
      }
    }
    String found = changes(diff -> unlike(wanted, diff));
    if (!found.isEmpty()) {
      fail("Expecting %s to have changed only %s, but\n%s", actual, names(wanted), found);
    }
    return this;
  }

  private static String unlike(Set<TableName> wanted, BranchDiff diff) {
    List<String> found = new ArrayList<>();
    Set<TableName> unchanged = new LinkedHashSet<>(wanted);
    diff.tables().forEach(table -> unchanged.remove(TableName.of(table)));
    if (!unchanged.isEmpty()) {
      found.add("it did not change " + names(unchanged));
    }
    BranchDiff others = Changes.without(diff, wanted);
    if (!Changes.isNone(others)) {
      found.add("it also changed:\n" + Changes.text(others, SHOWN_ROWS));
    }
    return String.join("\n", found);
  }

  /** A table has so many rows, whoever put them there. */
  public BranchAssert hasRows(String table, long count) {
    return hasRows(table, Optional.empty(), count);
  }

  /**
   * A table has so many rows for which a condition holds.
   *
   * @param condition what could follow {@code WHERE}: {@code paid AND amount > 10}
   */
  public BranchAssert hasRows(String table, String condition, long count) {
    return hasRows(table, Optional.of(condition), count);
  }

  private BranchAssert hasRows(String table, Optional<String> condition, long count) {
    isNotNull();
    try (Tables tables = Tables.of(actual, database)) {
      TableName name = find(tables, table);
      long found = tables.count(name, condition);
      if (found != count) {
        fail(
            "Expecting %s of %s to have %d rows%s, but it has %d%s",
            name,
            actual,
            count,
            condition.map(text -> " where " + text).orElse(""),
            found,
            shown(tables.rows(name, condition, SHOWN_ROWS), found));
      }
    }
    return this;
  }

  private static String shown(List<String> rows, long all) {
    if (rows.isEmpty()) {
      return "";
    }
    String more = all > rows.size() ? "\n  … and " + (all - rows.size()) + " more" : "";
    return rows.stream().map(row -> "\n  " + row).collect(Collectors.joining("", ":", more));
  }

  /**
   * Its schema is that of another branch: tables, columns, indexes, functions, rights, roles and so
   * on, by their definitions. Both have to run. Rows may differ.
   */
  public BranchAssert hasSameSchemaAs(Branch other) {
    isNotNull();
    BranchDiff diff = actual.diff(other, DiffOptions.defaults().database(database));
    if (!diff.schema().isEmpty()) {
      fail(
          "Expecting %s to have the schema of %s, but:\n%s",
          actual, other, Changes.text(Changes.schemaOf(diff), 0));
    }
    return this;
  }

  private String changes(Function<BranchDiff, String> reader) {
    isNotNull();
    return actual.changes(DiffOptions.defaults().database(database), reader);
  }

  private TableName find(Tables tables, String table) {
    return tables
        .find(table)
        .orElseThrow(
            () ->
                failure(
                    "Expecting %s to have a table %s, but its database %s has none",
                    actual, table, database));
  }

  private static String names(Set<TableName> tables) {
    return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  // What is shown may contain whatever somebody wrote into a table.
  private void fail(String format, Object... values) {
    throw failure(format, values);
  }
}
