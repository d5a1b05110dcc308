package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Branching needs a session on its parent, which is in nobody's way. */
class ParentSessionsTest extends BothKindsContract {

  private static final String OURS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bpg'";

  @Test
  void branchesAgainRightAfterARestartOfTheParent() throws Exception {
    Branch parent = parent();
    parent.branch().create();
    execute(parent, "CREATE TABLE later AS SELECT 7 AS n");
    parent.restart();

    Branch second = parent.branch().create();

    assertThat(query(second, "SELECT n FROM later")).isEqualTo("7");
  }

  @Test
  void branchesAgainAfterSomebodyEndedTheSession() throws Exception {
    Branch parent = parent();
    if (storage.isAtomic()) {
      // It is kept for a moment, in which a server may not start.
      parent.snapshot("first");
      assertThat(query(parent, OURS)).isEqualTo("1");
    } else {
      // A session that held WAL for a copy lets go of it by ending.
      parent.branch().create();
      assertThat(query(parent, OURS)).isEqualTo("0");
    }
    execute(
        parent,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            + " WHERE application_name = 'bpg'");

    assertThat(query(parent.branch().create(), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void keepsASessionForAMomentOnly() throws Exception {
    Branch parent = parent();

    parent.branch().create();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(query(parent, OURS)).isEqualTo("0"));
  }

  @Test
  void aDatabaseCanBeMadeFromTheOneThatTheSessionIsIn() throws Exception {
    Branch parent = parent();
    parent.branch().create();

    execute(parent, "CREATE DATABASE copied TEMPLATE postgres");

    assertThat(query(parent, "SELECT count(*) FROM pg_database WHERE datname = 'copied'"))
        .isEqualTo("1");
  }
}
