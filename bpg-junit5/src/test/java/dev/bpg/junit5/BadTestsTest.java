package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that treat their branch badly: it is gone after them, and the next ones know nothing. */
class BadTestsTest {

  @AfterEach
  void nothingIsLeft() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Fixtures.branches("api"))
                    .doesNotContainAnyElementsOf(Fixtures.SEEN.stream().distinct().toList()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        LeavesConnections.class,
        DropsTheDatabase.class,
        StopsTheServer.class,
        HasTheServerEnd.class,
        LocksTheSuperuserOut.class,
        MakesAnotherSuperuser.class,
        ClosesTheDoor.class,
        DeletesTheBranch.class
      })
  void theNextTestDoesNotNoticeIt(Class<?> bad) {
    Fixtures.assertSucceeded(Fixtures.run(bad, Next.class), 2);
  }

  /** Its name has it run after the others. */
  @BranchedDatabase("api/main")
  static class Next {
    @Test
    void test(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      assertThat(Fixtures.number(connection, "SELECT count(*) FROM pg_roles WHERE rolsuper"))
          .isEqualTo(1);
      assertThat(branch.getUsername()).isEqualTo("postgres");
    }
  }

  @BranchedDatabase("api/main")
  abstract static class Bad {
    static void execute(Branch branch, String database, String... statements) throws SQLException {
      Fixtures.see(branch);
      String url = BranchValues.url(branch).replace("/postgres?", "/" + database + "?");
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        for (String text : statements) {
          statement.execute(text);
        }
      }
    }
  }

  static class LeavesConnections extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      Fixtures.see(branch);
      for (int i = 0; i < 20; i++) {
        Connection left = DriverManager.getConnection(BranchValues.url(branch));
        left.setAutoCommit(false);
        Fixtures.addItem(left, 100 + i);
      }
    }
  }

  static class DropsTheDatabase extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      execute(branch, "template1", "DROP DATABASE postgres WITH (FORCE)");
    }
  }

  static class StopsTheServer extends Bad {
    @Test
    void test(Branch branch) {
      Fixtures.see(branch);
      branch.stop();
    }
  }

  static class HasTheServerEnd extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      try {
        execute(
            branch,
            "postgres",
            "COPY (SELECT 1) TO PROGRAM 'kill -QUIT $(head -n 1 postmaster.pid)'",
            "SELECT pg_sleep(10)");
      } catch (SQLException e) {
        Fixtures.see("ended");
      }
      assertThat(Fixtures.SEEN).contains("ended");
    }
  }

  static class LocksTheSuperuserOut extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      execute(branch, "postgres", "ALTER ROLE postgres PASSWORD 'other' NOLOGIN");
    }
  }

  static class MakesAnotherSuperuser extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      execute(
          branch,
          "postgres",
          "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'",
          "SET SESSION AUTHORIZATION boss",
          "ALTER ROLE postgres RENAME TO nobody_any_more");
    }
  }

  static class ClosesTheDoor extends Bad {
    @Test
    void test(Branch branch) throws SQLException {
      execute(
          branch,
          "template1",
          "ALTER DATABASE postgres ALLOW_CONNECTIONS false",
          "ALTER SYSTEM SET listen_addresses = ''");
    }
  }

  static class DeletesTheBranch extends Bad {
    @Test
    void test(Branch branch) {
      Fixtures.see(branch);
      branch.delete();
    }
  }
}
