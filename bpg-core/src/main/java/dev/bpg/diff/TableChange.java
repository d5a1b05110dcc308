package dev.bpg.diff;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table, or materialized view, whose rows differ.
 *
 * <p>With a key, a row is updated if its key is there on both sides and another common column
 * differs; values are compared by their text. Without a key, the rows are a multiset: each is
 * either inserted or deleted, and an update is one of each. Large objects are the table {@code
 * pg_catalog.pg_largeobject}, whose rows are pages of 2 kB.
 *
 * @param database the database it is in
 * @param schema the name of its schema, not quoted
 * @param name its name, not quoted
 * @param inserted the number of rows that are there now and were not before
 * @param deleted the number of rows that were there before and are not now
 * @param updated the number of rows that have other values now; 0 without a key
 * @param key the names of the columns of its key: those of its primary key or of an index that is
 *     unique and not null, on both sides; empty if there is none
 * @param columnsLeftOut the names of columns that only one side has and that were not compared; all
 *     that is known of them is in the {@link SchemaChange}s
 */
public record TableChange(
    String database,
    String schema,
    String name,
    long inserted,
    long deleted,
    long updated,
    List<String> key,
    List<String> columnsLeftOut) {

  /** Copies the lists. */
  public TableChange {
    key = List.copyOf(key);
    columnsLeftOut = List.copyOf(columnsLeftOut);
  }

  /** Whether it has a key on both sides, so that updates can be told. */
  public boolean keyed() {
    return !key.isEmpty();
  }

  /** How many rows were inserted, deleted and updated together. */
  public long rows() {
    return inserted + deleted + updated;
  }

  /** Schema and name as in SQL, quoted where needed: {@code public."Orders"}. */
  public String qualifiedName() {
    return Names.qualified(schema, name);
  }

  /** {@code public.orders: 3 inserted, 1 updated, 2 deleted}, without what is 0. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(qualifiedName()).append(": ");
    String comma = "";
    for (String part : parts()) {
      text.append(comma).append(part);
      comma = ", ";
    }
    if (!keyed()) {
      text.append(" (no key)");
    }
    return columnsLeftOut.isEmpty()
        ? text.toString()
        : text.append(" (without ")
            .append(String.join(", ", columnsLeftOut))
            .append(")")
            .toString();
  }

  private List<String> parts() {
    return Stream.of(
            inserted == 0 ? "" : inserted + " inserted",
            updated == 0 ? "" : updated + " updated",
            deleted == 0 ? "" : deleted + " deleted")
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
