package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.FlywayPreparer;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Before. Compiled, and not run. */
// tag::before
class WithAnEmbeddedServer {

  @RegisterExtension
  final PreparedDbExtension db =
      EmbeddedPostgresExtension.preparedDatabase(FlywayPreparer.forClasspathLocation("db/shop"))
          .customize(builder -> builder.setServerConfig("work_mem", "16MB"));

  @Test
  void pays() throws SQLException {
    try (Connection connection = db.getTestDatabase().getConnection()) {
      new Orders(connection).pay(7);
      assertThat(new Orders(connection).openCents()).isEqualTo(4800);
    }
  }
}
// end::before
