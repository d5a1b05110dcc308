package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branches;
import dev.bpg.TemporaryBranch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeReportTest {

  private TemporaryBranch branch;

  @BeforeEach
  void makeABranch() {
    Fixtures.makeApi();
    branch = Branches.from("api/main").fast().createTemporary();
  }

  @AfterEach
  void closeIt() {
    branch.close();
  }

  @Test
  void tellsRowsAndObjectsThatWereChanged() throws SQLException {
    execute(
        "INSERT INTO items VALUES (2); DELETE FROM items WHERE id = 1; CREATE VIEW v AS SELECT 1");
    ChangeReport report = ChangeReport.of(branch, "OrderTest.pays", Duration.ofSeconds(30));
    assertThat(report.text())
        .isEqualTo(
            """
            bpg: what OrderTest.pays changed
              %s against api/main
              schema
                + view public.v
              rows
                public.items: 1 inserted, 1 deleted
                  + {id=2}
                  - {id=1}"""
                .formatted(branch.name()));
    assertThat(report.entries()).isEqualTo(Map.of("bpg.changes", report.text()));
  }

  @Test
  void isBoundedInLength() throws SQLException {
    execute(
        "DO $$ BEGIN FOR i IN 1..40 LOOP EXECUTE 'CREATE TABLE t' || i || ' AS SELECT 1'; END LOOP;"
            + " END $$");
    assertThat(text(Duration.ofSeconds(30)).lines())
        .hasSize(52)
        .last()
        .asString()
        .matches("  … and \\d+ more lines");
  }

  @Test
  void isBoundedInTime() throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE items");
      long began = System.nanoTime();
      assertThat(text(Duration.ofMillis(700)))
          .startsWith("bpg: what OrderTest.pays changed\n  unknown: ")
          .hasLineCount(2);
      // Well below the time that is allowed by default, and far above what a busy machine takes.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }
  }

  @Test
  void saysWhyItKnowsNothing() {
    branch.stop();
    assertThat(text(Duration.ofSeconds(30)))
        .startsWith("bpg: what OrderTest.pays changed\n  unknown: cannot connect to branch ")
        .hasLineCount(2);
  }

  @Test
  void leavesAnInterruptedThreadInterrupted() {
    Thread.currentThread().interrupt();
    String text = text(Duration.ofSeconds(30));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(text)
        .isEqualTo("bpg: what OrderTest.pays changed\n  unknown: the thread was interrupted");
  }

  private String text(Duration timeout) {
    return ChangeReport.of(branch, "OrderTest.pays", timeout).text();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
