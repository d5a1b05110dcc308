package dev.bpg;

import java.util.List;

/**
 * Databases: the static door to {@link Bpg#shared()}.
 *
 * <pre>{@code
 * Databases.create("api");   // api/main: a new, running server
 * }</pre>
 *
 * <p>All methods are safe for use by several threads.
 */
public final class Databases {

  private Databases() {}

  /**
   * Creates a database with the defaults and starts its main branch.
   *
   * @see DatabaseBuilder#create()
   */
  public static Database create(String name) {
    return Bpg.shared().createDatabase(name);
  }

  /**
   * Begins to describe a new database: version, settings, initial SQL.
   *
   * @throws dev.bpg.error.RefusedException if the name breaks the rule
   */
  public static DatabaseBuilder named(String name) {
    return Bpg.shared().newDatabase(name);
  }

  /**
   * A database that exists.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  public static Database get(String name) {
    return Bpg.shared().getDatabase(name);
  }

  /** All databases, by name. */
  public static List<Database> list() {
    return Bpg.shared().listDatabases();
  }

  /**
   * Gives a database another name.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   * @throws dev.bpg.error.AlreadyExistsException if the new name is taken
   * @see Database#rename
   */
  public static Database rename(String name, String newName) {
    return Bpg.shared().renameDatabase(name, newName);
  }

  /**
   * Deletes a database with all its branches.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  public static void delete(String name) {
    Bpg.shared().deleteDatabase(name);
  }
}
