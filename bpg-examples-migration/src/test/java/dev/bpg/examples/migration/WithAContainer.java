package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Before. Compiled, and not run: its image may not be to be had. */
// tag::before
@Testcontainers
class WithAContainer {

  @Container
  static final PostgreSQLContainer DB =
      new PostgreSQLContainer("postgres:17").withInitScript("schema.sql");

  @Test
  void pays() throws SQLException {
    try (Connection connection = DB.createConnection("")) {
      new Orders(connection).pay(7);
      assertThat(new Orders(connection).openCents()).isEqualTo(4800);
    }
  }
}
// end::before
