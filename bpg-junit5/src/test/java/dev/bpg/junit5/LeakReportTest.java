package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branches;
import dev.bpg.TemporaryBranch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeakReportTest {

  private final LeakReport report = new LeakReport();
  private TemporaryBranch branch;

  @BeforeEach
  void makeABranch() {
    Fixtures.makeApi();
    branch = Branches.from("api/main").fast().createTemporary();
    report.opened(branch, "OrderTest");
  }

  @Test
  void aBranchThatIsClosedWithoutSessionsIsNoLeak() throws SQLException {
    for (int i = 0; i < 5; i++) {
      Fixtures.number(branch.dataSource(), "SELECT count(*) FROM items");
    }
    report.close(branch, Set.of());
    assertThat(report.text()).isEmpty();
  }

  @Test
  void aBranchThatIsKeptIsNoLeak() {
    report.kept(branch);
    assertThat(report.text()).isEmpty();
    branch.close();
  }

  @Test
  void tellsOfSessionsThatOutlivedTheirTest() throws SQLException {
    String text;
    try (Connection idle = branch.dataSource().getConnection();
        Connection busy = branch.dataSource().getConnection();
        Connection secret = branch.dataSource().getConnection();
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("SET application_name = 'the pool'");
      statement.execute("SELECT 1\n  AS one");
      try (Statement last = secret.createStatement()) {
        last.execute("SET application_name = 'secret'");
        last.execute("SELECT 'my PassWord'");
      }
      report.close(branch, Set.of());
      text = report.text();
      assertThat(idle.isClosed()).isFalse();
    }
    String where = "    OrderTest in " + branch.name() + ": ";
    assertThat(text.replaceAll("since [-0-9]+ [:0-9]+Z", "since then").lines())
        .hasSize(5)
        .startsWith("bpg: this outlived its test", "  connections")
        .contains(where + "the pool, idle in transaction since then: SELECT 1 AS one")
        .contains(where + "secret, idle since then: a statement with a password")
        .anySatisfy(
            line -> assertThat(line).startsWith(where + "PostgreSQL JDBC Driver, idle since then"));
  }

  @Test
  void aConnectionThatGoesToTheNextTestIsALeakOnlyInATransaction() throws SQLException {
    String text;
    try (Connection idle = branch.dataSource().getConnection();
        Connection busy = branch.dataSource().getConnection()) {
      Set<Integer> following = Set.of(pid(idle), pid(busy));
      busy.setAutoCommit(false);
      pid(busy);
      report.close(branch, following);
      text = report.text();
    }
    assertThat(text.lines()).hasSize(3).last().asString().contains(", idle in transaction since ");
  }

  private static int pid(Connection connection) throws SQLException {
    return Fixtures.number(connection, "SELECT pg_backend_pid()");
  }

  @Test
  void tellsOfABranchThatWasNeverClosed() {
    assertThat(report.text())
        .isEqualTo(
            """
            bpg: this outlived its test
              branches
                OrderTest: %s was never closed, its server is RUNNING"""
                .formatted(branch.name()));
    branch.stop();
    assertThat(report.text()).endsWith(", its server is STOPPED");
    branch.close();
  }

  @Test
  void isBoundedInLength() throws SQLException {
    List<Connection> left = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      left.add(branch.dataSource().getConnection());
    }
    report.close(branch, Set.of());
    String text = report.text();
    for (Connection connection : left) {
      connection.close();
    }
    assertThat(text.lines()).hasSize(23).last().isEqualTo("    … and 1 more");
  }

  @Test
  void aServerThatWasStoppedHasNoSessions() {
    branch.stop();
    report.close(branch, Set.of());
    assertThat(report.text()).isEmpty();
  }
}
