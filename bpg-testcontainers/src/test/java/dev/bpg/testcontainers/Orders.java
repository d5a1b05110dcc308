package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

// tag::order-test
@Testcontainers
class Orders {

  @Container
  static final BranchedPostgreSQLContainer DB = new BranchedPostgreSQLContainer("api/main");

  @Test
  void pays() throws SQLException {
    try (Connection connection = DB.createConnection("");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE items SET id = 5 WHERE id = 1")).isEqualTo(1);
    }
  }
}
// end::order-test
