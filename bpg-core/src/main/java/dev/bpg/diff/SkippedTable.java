package dev.bpg.diff;

/**
 * A table whose rows were not compared.
 *
 * @param database the database it is in
 * @param schema the name of its schema, not quoted
 * @param name its name, not quoted
 * @param reason why not, such as {@code it is a foreign table}
 */
public record SkippedTable(String database, String schema, String name, String reason) {

  /** Schema and name as in SQL, quoted where needed. */
  public String qualifiedName() {
    return Names.qualified(schema, name);
  }

  /** {@code public.remote: it is a foreign table}. */
  @Override
  public String toString() {
    return qualifiedName() + ": " + reason;
  }
}
