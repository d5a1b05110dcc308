package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.DatabasePreparation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the neighbours' tests show of prepared databases: once prepared, nobody's but the test's.
 */
class IsolationScenariosTest {

  private static final AtomicInteger PREPARATIONS = new AtomicInteger();

  @Test
  void aTemplateIsPreparedOnceForTestsThatRunAtOnce() {
    PREPARATIONS.set(0);
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
            AtOnce.class),
        12);
    assertThat(PREPARATIONS).hasValue(1);
    assertThat(Fixtures.SEEN).hasSize(12);
  }

  @BranchedDatabase(value = "wheels", prepare = Wheels.class, scope = BranchScope.METHOD)
  @Execution(ExecutionMode.CONCURRENT)
  static class AtOnce {
    @RepeatedTest(12)
    void test(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE mine (id int)"); // fails in a database that is shared
        statement.execute("DELETE FROM wheels WHERE id > 1");
        statement.execute("CREATE ROLE cyclist"); // fails on a server that is shared
        statement.execute("ALTER SYSTEM SET work_mem = '5MB'");
      }
      assertThat(Fixtures.number(connection, "SELECT count(*) FROM wheels")).isEqualTo(1);
    }
  }

  private static final class Wheels implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws SQLException {
      PREPARATIONS.incrementAndGet();
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE wheels AS SELECT generate_series(1, 4) AS id");
        statement.execute("CREATE SEQUENCE turns");
      }
    }
  }

  @Test
  void aStaticExtensionIsForTheClassAndAnInstancesForTheTest() {
    Fixtures.assertSucceeded(Fixtures.run(StaticAndInstance.class), 2);
  }

  static class StaticAndInstance {
    @RegisterExtension
    static final BranchExtension OF_CLASS = BranchExtension.from("api/main").build();

    @RegisterExtension
    final BranchExtension ofTest =
        BranchExtension.from("api/main").scope(BranchScope.METHOD).build();

    @RepeatedTest(2)
    void test() throws SQLException {
      make(OF_CLASS.dataSource(), "CREATE TABLE IF NOT EXISTS of_class (id int)");
      make(OF_CLASS.dataSource(), "INSERT INTO of_class VALUES (1)");
      make(ofTest.dataSource(), "CREATE TABLE of_test (id int)"); // there is none, each time
      Fixtures.see("" + Fixtures.number(OF_CLASS.dataSource(), "SELECT count(*) FROM of_class"));
      assertThat(Fixtures.SEEN).last().isEqualTo("" + Fixtures.SEEN.size());
    }

    private static void make(DataSource db, String sql) throws SQLException {
      try (Connection connection = db.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void textSortsAlikeEverywhereAndIsUtf8() {
    Fixtures.assertSucceeded(Fixtures.run(Sorted.class), 1);
  }

  @BranchedDatabase("api/main")
  static class Sorted {
    @Test
    void test(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT string_agg(w, '' ORDER BY w), current_setting('server_encoding')"
                      + " FROM unnest(ARRAY['b', 'B', 'a', 'é', '日']) AS w")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("Babé日");
        assertThat(row.getString(2)).isEqualTo("UTF8");
      }
    }
  }
}
