package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bpg.Branch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class BranchDriverTest {

  private static final String URL = "jdbc:bpg:test";

  private static HikariDataSource pool;

  @AfterEach
  void closePool() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }

  /** Opened with the first test that needs it, as by an application that tests share. */
  private static synchronized HikariDataSource pool() {
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(URL);
      config.setMaximumPoolSize(3);
      config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  @Test
  void aPoolThatOutlivesItsTestsFollowsThem() {
    Fixtures.assertSucceeded(Fixtures.run(EachOwn.class, OfClass.class), 5);
    assertThat(Fixtures.SEEN).hasSize(5);
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(5);
  }

  @BranchedDatabase(value = "api/main", scope = BranchScope.METHOD)
  static class EachOwn {
    private void check(Branch branch) throws SQLException {
      Fixtures.see(branch);
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(pool().getConnection());
      }
      try {
        assertThat(Fixtures.items(all.get(0))).isEqualTo(1);
        Fixtures.addItem(all.get(1), 2);
        assertThat(Fixtures.items(all.get(2))).isEqualTo(2);
        assertThat(Fixtures.number(branch.dataSource(), "SELECT count(*) FROM items")).isEqualTo(2);
        for (Connection connection : all) {
          assertThat(text(connection, "SHOW transaction_isolation")).isEqualTo("repeatable read");
        }
      } finally {
        for (Connection connection : all) {
          connection.close();
        }
      }
    }

    @Test
    void one(Branch branch) throws SQLException {
      check(branch);
    }

    @Test
    void two(Branch branch) throws SQLException {
      check(branch);
    }

    @Test
    void three(Branch branch) throws SQLException {
      check(branch);
    }
  }

  @BranchedDatabase("api/main")
  static class OfClass {
    @Test
    void test(Branch branch) throws SQLException {
      Fixtures.see(branch);
      Fixtures.addItem(pool().getConnection(), 7);
    }

    @Nested
    @BranchedDatabase("api/main")
    class Inner {
      @Test
      void test(Branch branch) throws SQLException {
        Fixtures.see(branch);
        assertThat(Fixtures.number(pool(), "SELECT count(*) FROM items WHERE id = 7")).isZero();
      }
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void aTransactionDoesNotGoOnWithTheNextTest() {
    Fixtures.assertSucceeded(Fixtures.run(Leaving.class, Finding.class), 2);
  }

  @Test
  void rollingBackToASavepointDoesNotEndATransaction() {
    Fixtures.assertSucceeded(Fixtures.run(LeavingASavepoint.class, Finding.class), 2);
  }

  @Test
  void whatIsUnwrappedFollowsToo() {
    Fixtures.assertSucceeded(Fixtures.run(LeavingIdle.class, Unwrapping.class), 2);
  }

  @Test
  void itsIdleConnectionsAreNoLeaks() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Fixtures.assertSucceeded(Fixtures.run(EachOwn.class), 3);
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("outlived");
  }

  private static Connection left;

  @BranchedDatabase("api/main")
  static class Leaving {
    @Test
    void test() throws SQLException {
      left = DriverManager.getConnection(URL + "/postgres?ApplicationName=left");
      left.setAutoCommit(false);
      Fixtures.addItem(left, 3);
    }
  }

  @BranchedDatabase("api/main")
  static class LeavingASavepoint {
    @Test
    void test() throws SQLException {
      left = DriverManager.getConnection(URL + "/postgres?ApplicationName=left");
      left.setAutoCommit(false);
      Fixtures.addItem(left, 3);
      Savepoint savepoint = left.setSavepoint();
      Fixtures.addItem(left, 4);
      left.rollback(savepoint);
    }
  }

  @BranchedDatabase("api/main")
  static class LeavingIdle {
    @Test
    void test() throws SQLException {
      left = DriverManager.getConnection(URL);
      left.setAutoCommit(false);
    }
  }

  @BranchedDatabase("api/main")
  static class Unwrapping {
    @Test
    void test(Branch branch) throws Exception {
      PGConnection unwrapped = left.unwrap(PGConnection.class);
      assertThat(unwrapped.getCopyAPI().copyIn("COPY items FROM STDIN", new StringReader("5\n")))
          .isEqualTo(1);
      left.commit();
      assertThat(Fixtures.number(branch.dataSource(), "SELECT count(*) FROM items")).isEqualTo(2);
      left.close();
    }
  }

  @BranchedDatabase("api/main")
  static class Finding {
    @Test
    void test() throws SQLException {
      assertThatThrownBy(() -> Fixtures.addItem(left, 4))
          .isInstanceOf(SQLException.class)
          .hasMessage(
              "the branch of this connection went with its test, and its transaction with it\n"
                  + "HINT: end transactions within their test")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("08006");
      assertThat(Fixtures.items(left)).isEqualTo(1);
      assertThat(left.getAutoCommit()).isFalse();
      assertThat(text(left, "SHOW application_name")).isEqualTo("left");
      left.close();
    }
  }

  @Test
  void withoutATestThereIsNoConnection() {
    assertThatThrownBy(() -> DriverManager.getConnection(URL + ":orders"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "cannot connect to jdbc:bpg:test:orders: no test runs that has a branch of this name\n"
                + "HINT: annotate the test class with @BranchedDatabase, or close what connects"
                + " between tests");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:bpg:tests"))
        .hasMessage("No suitable driver found for jdbc:bpg:tests");
  }

  @Test
  void twoAtOnceAreRefusedUnlessTheyHaveNames() {
    meeting = new CountDownLatch(2);
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
            First.class,
            Second.class),
        2);
  }

  private static volatile CountDownLatch meeting = new CountDownLatch(0);
  private static final CountDownLatch checked = new CountDownLatch(2);

  @BranchedDatabase("api/main")
  abstract static class Meeting {
    @Test
    void test() throws Exception {
      meeting.countDown();
      assertThat(meeting.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> DriverManager.getConnection(URL))
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith(
              "cannot connect to jdbc:bpg:test: several that run at once have a branch of this"
                  + " name: ")
          .hasMessageContaining(First.class.getName())
          .hasMessageContaining(Second.class.getName());
      checked.countDown();
      assertThat(checked.await(30, TimeUnit.SECONDS)).isTrue();
      try (Connection connection = DriverManager.getConnection(url())) {
        assertThat(Fixtures.items(connection)).isEqualTo(1);
      }
    }

    abstract String url();
  }

  @BranchedDatabase(value = "api/main", name = "first")
  static class First extends Meeting {
    @Override
    String url() {
      return URL + ":first";
    }
  }

  @BranchedDatabase(value = "api/main", name = "second")
  static class Second extends Meeting {
    @Override
    String url() {
      return URL + ":second";
    }
  }

  @Test
  void springsDataSourceIsDeclaredInOneLine() {
    Map<String, Object> properties = new HashMap<>();
    BranchDriver.springDataSource((name, value) -> properties.put(name, value.get()));
    assertThat(properties)
        .containsOnly(
            Map.entry("spring.datasource.url", URL),
            Map.entry("spring.datasource.driver-class-name", "dev.bpg.junit5.BranchDriver"));
  }

  @Test
  void readsItsUrl() {
    String server = "jdbc:postgresql://127.0.0.1:5432/postgres";
    assertThat(TestUrl.parse(URL).orElseThrow().on(server)).isEqualTo(server);
    assertThat(TestUrl.parse(URL + ":orders/app?a=b").orElseThrow())
        .returns("orders", TestUrl::name)
        .returns(
            "jdbc:postgresql://127.0.0.1:5432/app?sslmode=x&a=b",
            url -> url.on(server + "?sslmode=x"))
        .hasToString("jdbc:bpg:test:orders");
    assertThat(TestUrl.parse("jdbc:postgresql://localhost/")).isEmpty();
  }
}
