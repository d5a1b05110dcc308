package dev.bpg.diff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that differs. Columns are in the order of the table, values are the text that Postgres
 * makes of them in UTC with ISO dates, and null for NULL. Columns that only one side has are left
 * out.
 *
 * @param kind whether it was added, removed or changed
 * @param key the columns of the table's key; empty for a table without one
 * @param before all columns before; empty if the row was added
 * @param after all columns now; empty if the row was removed
 */
public record RowChange(
    ChangeKind kind,
    Map<String, @Nullable String> key,
    Optional<Map<String, @Nullable String>> before,
    Optional<Map<String, @Nullable String>> after) {

  /** Copies the maps. */
  public RowChange {
    key = copy(key);
    before = before.map(RowChange::copy);
    after = after.map(RowChange::copy);
  }

  // Map.copyOf takes no nulls and loses the order.
  private static Map<String, @Nullable String> copy(Map<String, @Nullable String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** {@code ~ {id=1, cents=5} -> {id=1, cents=7}}. */
  @Override
  public String toString() {
    String values =
        switch (kind) {
          case ADDED -> after.orElseThrow().toString();
          case REMOVED -> before.orElseThrow().toString();
          case CHANGED -> before.orElseThrow() + " -> " + after.orElseThrow();
        };
    return kind.sign() + " " + values;
  }
}
