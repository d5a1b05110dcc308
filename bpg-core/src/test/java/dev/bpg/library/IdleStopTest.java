package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.postgres.ServerDataSource;
import dev.bpg.model.BranchStatus.State;
import dev.bpg.testing.Library;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IdleStopTest extends BothKindsContract {

  private static final Duration SOON = Duration.ofMillis(600);
  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/postgres";

  @Test
  void aBranchThatNobodyUsesIsStoppedAndAConnectionWakesIt() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("idle").fast().idleStop(SOON).create();

    awaitStopped(branch);
    assertThat(branch.status().isHealthy()).isTrue();
    try (Connection waking = branch.dataSource().getConnection()) {
      assertThat(query(waking, "SELECT 1")).isEqualTo("1");
      assertThat(branch.isRunning()).isTrue();
    }

    awaitStopped(branch);
    assertThat(branch.start().isRunning()).isTrue();
  }

  @Test
  void aConnectionThatMeetsTheStopIsMadeAgain() throws Exception {
    Branch branch = parent();
    Iterator<String> urls = List.of(NOBODY, branch.getJdbcUrl()).iterator();
    DataSource woken =
        new ServerDataSource(urls::next, branch::getPassword, () -> true, Optional.empty());
    try (Connection connection = woken.getConnection()) {
      assertThat(query(connection, "SELECT 1")).isEqualTo("1");
    }

    DataSource gone =
        new ServerDataSource(() -> NOBODY, branch::getPassword, () -> false, Optional.empty());
    assertThatThrownBy(gone::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("127.0.0.1:1 refused");
  }

  @Test
  void aConnectionKeepsItRunningAndSoDoOnesThatComeAndGo() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("used").fast().idleStop(SOON).create();

    // Before anything that takes long: it might be stopping by then.
    try (Connection open = branch.dataSource().getConnection()) {
      awaitStopped(bpg.from(Library.SHOP).named("witness").fast().idleStop(SOON).create());
      assertThat(open.isValid(30)).isTrue();
    }
    String started = query(branch, "SELECT pg_postmaster_start_time()");
    for (long end = System.nanoTime() + 3 * SOON.toNanos(); System.nanoTime() < end; ) {
      assertThat(query(branch, "SELECT pg_postmaster_start_time()")).isEqualTo(started);
    }
  }

  @Test
  void oneThatWasStoppedByHandIsNotWoken() {
    Branch branch = bpg.from(Library.SHOP).named("idle").fast().idleStop(SOON).create();
    awaitStopped(branch);
    branch.stop();

    assertThatThrownBy(() -> branch.dataSource().getConnection())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("its server is stopped");
  }

  @Test
  void itIsRememberedAndCanBeTakenBack() throws Exception {
    Branch branch = parent();
    branch.idleStop(Duration.ofHours(1));
    try (Bpg other = Bpg.open(library.config().build())) {
      Branch same = other.getBranch(branch.name());
      assertThat(same.idleStop()).contains(Duration.ofHours(1));
      same.idleStop(SOON);
      awaitStopped(branch);
      try (Connection waking = branch.dataSource().getConnection()) {
        assertThat(query(waking, "SELECT 1")).isEqualTo("1");
        branch.noIdleStop();
      }
      assertThat(same.idleStop()).isEmpty();
    }
    Branch witness = bpg.from(Library.SHOP).named("witness").fast().idleStop(SOON).create();
    awaitStopped(witness);
    assertThat(branch.isRunning()).isTrue();
    assertThatThrownBy(() -> branch.idleStop(Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot stop a branch when idle for PT0S: it is not positive\n"
                + "HINT: give a longer time, or leave it out");
  }

  private static void awaitStopped(Branch branch) {
    Awaitility.await().until(() -> branch.status().state() == State.STOPPED);
  }
}
