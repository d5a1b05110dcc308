package dev.bpg.diff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that differs as a line that people read: long values are cut, and what did not change. */
final class RowText {

  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_ROW = 400;

  private RowText() {}

  static String of(RowChange row) {
    String text =
        switch (row.kind()) {
          case ADDED -> "+ " + values(row.after().orElseThrow());
          case REMOVED -> "- " + values(row.before().orElseThrow());
          case CHANGED -> changed(row);
        };
    return cut(text, LONGEST_ROW);
  }

  private static String changed(RowChange row) {
    Map<String, @Nullable String> before = new LinkedHashMap<>(row.before().orElseThrow());
    Map<String, @Nullable String> after = new LinkedHashMap<>(row.after().orElseThrow());
    for (String column : row.before().orElseThrow().keySet()) {
      if (Objects.equals(before.get(column), after.get(column))) {
        before.remove(column);
        after.remove(column);
      }
    }
    return "~ " + values(row.key()) + " " + values(before) + " -> " + values(after);
  }

  private static String values(Map<String, @Nullable String> values) {
    Map<String, @Nullable String> cut = new LinkedHashMap<>(values);
    cut.replaceAll((column, value) -> value == null ? null : cut(value, LONGEST_VALUE));
    return cut.toString();
  }

  private static String cut(String text, int length) {
    String line = text.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= length ? line : line.substring(0, length) + "…";
  }
}
