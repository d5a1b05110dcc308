package dev.bpg;

import javax.sql.DataSource;

/** Java code that fills a new database before anybody else can see it. */
@FunctionalInterface
public interface DatabasePreparation {

  /**
   * Fills the database: a migration tool, a loader, a few statements.
   *
   * @param dataSource opens connections to the database {@code postgres} as the superuser; of use
   *     only during the call
   * @throws Exception to have the database's creation fail and undone, with this as the cause
   */
  void prepare(DataSource dataSource) throws Exception;
}
