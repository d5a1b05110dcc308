package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

// tag::after
@BranchedDatabase(value = "shop", scripts = "/schema.sql")
class InsteadOfAContainerTest {

  @Test
  void pays(Connection connection) throws SQLException {
    new Orders(connection).pay(7);
    assertThat(new Orders(connection).openCents()).isEqualTo(4800);
  }
}
// end::after
