package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import dev.bpg.diff.TableChange;
import dev.bpg.error.BusyException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DiffFailuresTest {

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(17);
    server.create("a");
    server.execute("a", "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
    server.copy("a", "b");
    server.execute("b", "INSERT INTO t SELECT generate_series(2, 100)");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void assertNobodyIsConnected() {
    await().untilAsserted(() -> assertThat(server.sessions("a")).isEqualTo("0"));
    await().untilAsserted(() -> assertThat(server.sessions("b")).isEqualTo("0"));
  }

  @Test
  void anInterruptionEndsItHereAndInTheServers() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Connection blocker = locked()) {
      Thread comparing =
          new Thread(
              () -> {
                thrown.set(catchThrowable(() -> server.diff("a", "b")));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
              });
      comparing.start();
      await().untilAsserted(() -> assertThat(waiting()).isEqualTo("1"));

      comparing.interrupt();
      comparing.join(10_000);

      assertThat(comparing.isAlive()).isFalse();
      assertThat(thrown.get())
          .isInstanceOf(CancelledException.class)
          .hasMessage(
              "cannot compare b with a: the thread was interrupted\n"
                  + "HINT: call it again if it is still wanted");
      await().untilAsserted(() -> assertThat(server.sessions("a")).isEqualTo("0"));
      await().untilAsserted(() -> assertThat(server.sessions("b")).isEqualTo("1"));
      assertThat(blocker.isValid(10)).isTrue();
    }
  }

  @Test
  void aStatementThatTakesTooLongEndsIt() throws Exception {
    try (Connection blocker = locked()) {
      DiffOptions options = DiffOptions.defaults().statementTimeout(Duration.ofMillis(200));
      assertThatThrownBy(() -> Comparison.of(server.side("a"), server.side("b"), options))
          .isInstanceOf(BusyException.class)
          .hasMessage(
              "cannot compare b with a: a statement took longer than PT0.2S\n"
                  + "HINT: allow more time with DiffOptions.statementTimeout");
      assertThat(blocker.isValid(10)).isTrue();
    }
    assertNobodyIsConnected();
  }

  private static Connection locked() throws SQLException {
    Connection connection = server.connect("b");
    connection.setAutoCommit(false);
    Sql.execute(connection, "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
    return connection;
  }

  private static String waiting() throws SQLException {
    try (Connection connection = server.connect("postgres")) {
      return Sql.query(
          connection,
          "SELECT count(*) FROM pg_stat_activity WHERE datname = 'b' AND wait_event_type = 'Lock'");
    }
  }

  @Test
  void refusesADatabaseThatOneOfThemDoesNotHave() {
    assertThatThrownBy(
            () ->
                Comparison.of(
                    named("before"), named("after"), DiffOptions.defaults().database("no \"such")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot compare after with before: there is no database no \"such in one of them\n"
                + "HINT: name a database that both have");
  }

  private static Side named(String name) {
    return new Side(name, asked -> LocalConnection.dataSource(server.endpoint(), asked));
  }

  @Test
  void aSideThatCannotBeReachedIsNamedWithItsReason() {
    Side dead =
        new Side(
            "dead",
            asked -> {
              throw new UnavailableException("reach", "dead", "it is stopped", "start it");
            });
    assertThatThrownBy(() -> Comparison.of(server.side("a"), dead, DiffOptions.defaults()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("cannot reach dead: it is stopped\nHINT: start it");
    assertNobodyIsConnected();
  }

  @Test
  void rowsHoldConnectionsUntilTheyAreReadOrClosed() throws Exception {
    BranchDiff diff = server.diff("a", "b");
    assertNobodyIsConnected();
    TableChange table = diff.tables().get(0);

    try (Stream<RowChange> rows = diff.rows(table)) {
      Iterator<RowChange> first = rows.iterator();
      first.next();
      assertThat(server.sessions("b")).isEqualTo("1");
    }
    assertNobodyIsConnected();

    Iterator<RowChange> all = diff.rows(table).iterator();
    int seen = 0;
    while (all.hasNext()) {
      all.next();
      seen++;
    }
    assertThat(seen).isEqualTo(99);
    assertThat(all.hasNext()).isFalse();
    assertNobodyIsConnected();
  }

  @Test
  void anInterruptionEndsTheReadingOfRows() {
    BranchDiff diff = server.diff("a", "b");
    try (Stream<RowChange> rows = diff.rows(diff.tables().get(0))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(rows::toList).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertNobodyIsConnected();
  }

  @Test
  void refusesRowsOfATableThatIsNotInTheDifference() {
    BranchDiff diff = server.diff("a", "b");
    TableChange other = new TableChange("a", "public", "x", 1, 0, 0, List.of(), List.of());
    assertThatThrownBy(() -> diff.rows(other))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read the rows of public.x: it is not a table of this difference\n"
                + "HINT: take one of tables()");
  }

  @Test
  void refusesOptionsThatMeanNothing() {
    assertThatThrownBy(() -> DiffOptions.defaults().database(" "))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot compare a database without a name: the name is blank");
    assertThatThrownBy(() -> DiffOptions.defaults().statementTimeout(Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot use the time-out PT0S: it is out of range");
  }
}
