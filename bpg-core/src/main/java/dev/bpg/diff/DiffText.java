package dev.bpg.diff;

import dev.bpg.error.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A difference as lines that people read. Of a changed definition, only the changed lines. */
final class DiffText {

  private final BranchDiff diff;
  private final int rows;
  private final boolean severalDatabases;
  private final List<String> lines = new ArrayList<>();

  /**
   * The text.
   *
   * @param rows how many rows to read and show of each table at most
   */
  DiffText(BranchDiff diff, int rows) {
    this.diff = diff;
    this.rows = rows;
    this.severalDatabases = databases(diff).distinct().count() > 1;
    if (diff.isEmpty()) {
      lines.add(diff.after() + " against " + diff.before() + ": no differences");
    } else {
      lines.add(diff.after() + " against " + diff.before());
    }
    section("schema", diff.schema());
    section("rows", diff.tables());
    section("sequences", diff.sequences());
    section("not compared", diff.skipped());
  }

  private static Stream<String> databases(BranchDiff diff) {
    return Stream.of(
            diff.schema().stream().flatMap(change -> change.database().stream()),
            diff.tables().stream().map(TableChange::database),
            diff.sequences().stream().map(SequenceChange::database),
            diff.skipped().stream().map(SkippedTable::database))
        .flatMap(databases -> databases);
  }

  private void section(String title, List<?> items) {
    if (items.isEmpty()) {
      return;
    }
    lines.add(title);
    String previous = "";
    for (Object item : items) {
      Optional<String> database = database(item);
      if (severalDatabases && database.isPresent() && !database.get().equals(previous)) {
        previous = database.get();
        lines.add("  in database " + previous);
      }
      lines.add("  " + item);
      if (item instanceof SchemaChange change && change.kind() == ChangeKind.CHANGED) {
        definitions(change);
      }
      if (item instanceof TableChange table && rows > 0) {
        rows(table);
      }
    }
  }

  private static Optional<String> database(Object item) {
    if (item instanceof SchemaChange change) {
      return change.database();
    }
    if (item instanceof TableChange table) {
      return Optional.of(table.database());
    }
    if (item instanceof SequenceChange sequence) {
      return Optional.of(sequence.database());
    }
    return Optional.of(((SkippedTable) item).database());
  }

  // They come in no order, so that those that are shown are put into one.
  private void rows(TableChange table) {
    try (Stream<RowChange> all = diff.rows(table)) {
      List<String> shown = all.limit(rows).map(RowText::of).sorted().toList();
      shown.forEach(row -> lines.add("    " + row));
      if (table.rows() > shown.size()) {
        lines.add("    … and " + (table.rows() - shown.size()) + " more");
      }
    } catch (RefusedException e) {
      lines.add("    rows not shown: " + e.reason());
    }
  }

  private void definitions(SchemaChange change) {
    List<String> before = change.before().orElse("").lines().toList();
    List<String> after = change.after().orElse("").lines().toList();
    only(before, after).forEach(line -> lines.add("      - " + line));
    only(after, before).forEach(line -> lines.add("      + " + line));
    if (Objects.equals(Set.copyOf(before), Set.copyOf(after))) {
      lines.add("      the same lines in another order or number");
    }
  }

  private static Stream<String> only(List<String> here, List<String> there) {
    Set<String> others = new HashSet<>(there);
    return here.stream().filter(line -> !others.contains(line));
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
