package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.DatabasePreparation;
import dev.bpg.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Two builds of different commits want a template of one name at once. */
class TwoBuildsTest {

  // Neither preparation goes on before the other has begun.
  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  @Test
  void eachPreparesItsOwnWhileTheOtherPrepares() {
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
            OfOneCommit.class,
            OfAnother.class),
        2);
    assertThat(Databases.list())
        .filteredOn(database -> database.name().matches("twins-[0-9a-f]{12}"))
        .hasSize(2);
  }

  @BranchedDatabase(value = "twins", prepare = One.class)
  static class OfOneCommit {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM commits")).isEqualTo(1);
    }
  }

  @BranchedDatabase(value = "twins", prepare = Other.class)
  static class OfAnother {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM commits")).isEqualTo(2);
    }
  }

  static class One implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws Exception {
      fill(dataSource, 1);
    }
  }

  static class Other implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws Exception {
      fill(dataSource, 2);
    }
  }

  private static void fill(DataSource dataSource, int id) throws Exception {
    BOTH.await(1, TimeUnit.MINUTES);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE commits AS SELECT " + id + " AS id");
    }
  }
}
