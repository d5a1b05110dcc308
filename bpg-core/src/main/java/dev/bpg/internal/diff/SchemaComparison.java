package dev.bpg.internal.diff;

import dev.bpg.diff.ChangeKind;
import dev.bpg.diff.ObjectType;
import dev.bpg.diff.SchemaChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the catalogs of both sides say, object by object. */
final class SchemaComparison {

  /** What an object is found by on the other side. */
  private record Key(ObjectType type, String name) {}

  private record Definition(String table, String text) {}

  private final Optional<String> database;
  private final List<CatalogQuery> queries;

  /**
   * A comparison.
   *
   * @param database what the changes are said to be in; empty for what belongs to the cluster
   */
  SchemaComparison(Optional<String> database, List<CatalogQuery> queries) {
    this.database = database;
    this.queries = queries;
  }

  /** What differs, by type and name. */
  List<SchemaChange> changes(SessionPair pair) {
    Both<Map<Key, Definition>> objects = pair.both(this::read);
    // A table that became a view keeps its name but none of its parts, so the type counts.
    Set<Key> common = new HashSet<>(objects.before().keySet());
    common.retainAll(objects.after().keySet());
    Map<Key, String> before = folded(objects.before(), common);
    Map<Key, String> after = folded(objects.after(), common);
    List<SchemaChange> changes = new ArrayList<>();
    before.forEach((key, text) -> add(changes, key, text, after.get(key)));
    after.forEach(
        (key, text) -> {
          if (!before.containsKey(key)) {
            add(changes, key, null, text);
          }
        });
    changes.sort(Comparator.comparing(SchemaChange::type).thenComparing(SchemaChange::name));
    return changes;
  }

  private Map<Key, Definition> read(Session session) throws SQLException {
    Map<Key, Definition> objects = new LinkedHashMap<>();
    for (CatalogQuery query : queries) {
      session.list(
          query.sql(),
          row ->
              objects.put(
                  new Key(query.type(), row.getString(2)),
                  new Definition(row.getString(1), row.getString(3))));
    }
    return objects;
  }

  /** Puts the parts of tables that only one side has into their definitions. */
  private static Map<Key, String> folded(Map<Key, Definition> objects, Set<Key> common) {
    Map<String, Key> relations = new LinkedHashMap<>();
    Map<Key, StringBuilder> texts = new LinkedHashMap<>();
    objects.forEach(
        (key, definition) -> {
          if (definition.table().isEmpty()) {
            texts.put(key, new StringBuilder(definition.text()));
            if (isRelation(key.type())) {
              relations.put(key.name(), key);
            }
          }
        });
    objects.forEach(
        (key, definition) -> {
          Key relation = relations.get(definition.table());
          if (relation != null && !common.contains(relation)) {
            texts.get(relation).append("\n  ").append(definition.text().replace("\n", "\n  "));
          } else if (!definition.table().isEmpty()) {
            texts.put(key, new StringBuilder(definition.text()));
          }
        });
    Map<Key, String> folded = new LinkedHashMap<>();
    texts.forEach((key, text) -> folded.put(key, text.toString()));
    return folded;
  }

  private static boolean isRelation(ObjectType type) {
    return switch (type) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> true;
      default -> false;
    };
  }

  private void add(
      List<SchemaChange> changes, Key key, @Nullable String before, @Nullable String after) {
    if (before != null && before.equals(after)) {
      return;
    }
    ChangeKind kind =
        before == null ? ChangeKind.ADDED : after == null ? ChangeKind.REMOVED : ChangeKind.CHANGED;
    changes.add(
        new SchemaChange(
            database,
            kind,
            key.type(),
            key.name(),
            Optional.ofNullable(before),
            Optional.ofNullable(after)));
  }
}
