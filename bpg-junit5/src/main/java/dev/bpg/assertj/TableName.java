package dev.bpg.assertj;

import dev.bpg.diff.TableChange;

/**
 * A table of a database.
 *
 * @param schema the name of its schema, not quoted
 * @param name its name, not quoted
 * @param text both as in SQL, for people
 */
record TableName(String schema, String name, String text) {

  static TableName of(TableChange table) {
    return new TableName(table.schema(), table.name(), table.qualifiedName());
  }

  /** Two with one name are one, however they are written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TableName table
        && table.schema.equals(schema)
        && table.name.equals(name);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
