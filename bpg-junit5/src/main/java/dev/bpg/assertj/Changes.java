package dev.bpg.assertj;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.SchemaChange;
import dev.bpg.diff.TableChange;
import java.util.List;
import java.util.Set;

/** What of a difference counts as a change, and how it is shown. */
final class Changes {

  private static final int LONGEST_TEXT = 60;

  private Changes() {}

  static boolean isNone(BranchDiff diff) {
    return diff.schema().isEmpty() && diff.tables().isEmpty();
  }

  /** The same without the changes of some tables' rows. */
  static BranchDiff without(BranchDiff diff, Set<TableName> tables) {
    return of(
        diff,
        diff.schema(),
        diff.tables().stream().filter(table -> !tables.contains(TableName.of(table))).toList());
  }

  /** The schema's part of it. */
  static BranchDiff schemaOf(BranchDiff diff) {
    return of(diff, diff.schema(), List.of());
  }

  /** As a text of not too many lines. */
  static String text(BranchDiff diff, int rows) {
    List<String> lines = of(diff, diff.schema(), diff.tables()).text(rows).lines().toList();
    int more = lines.size() - LONGEST_TEXT;
    return more <= 0
        ? String.join("\n", lines)
        : String.join("\n", lines.subList(0, LONGEST_TEXT)) + "\n… and " + more + " more lines";
  }

  private static BranchDiff of(
      BranchDiff diff, List<SchemaChange> schema, List<TableChange> tables) {
    return new BranchDiff(
        diff.before(), diff.after(), schema, tables, List.of(), List.of(), diff::rows);
  }
}
