package dev.bpg.examples.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Before: the habit of one container for all classes. Compiled, and not run. */
// tag::before
abstract class WithOneContainerForAll {

  static final PostgreSQLContainer DB =
      new PostgreSQLContainer("postgres:17").withInitScript("schema.sql");

  static {
    DB.start(); // and never stopped: Ryuk takes it away
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Connection connection = DB.createConnection("");
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE orders"); // and the next table, and the next
    }
  }
}
// end::before
