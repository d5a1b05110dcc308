package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchStatus.State;
import dev.bpg.testing.Ability;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@Ability("Branches stop and start")
class LifecycleTest extends EveryStorageContract {

  private static final String STARTED = "SELECT pg_postmaster_start_time()";

  @Test
  void dataSurvivesStopAndStartOfMainAndOfABranch() throws Exception {
    Database api = bpg.createDatabase("api");
    for (Branch branch : new Branch[] {api.main(), api.branch().create()}) {
      execute(branch, "CREATE TABLE kept AS SELECT 42 AS n");

      branch.stop();
      assertThat(branch.isRunning()).isFalse();
      branch.start();
      assertThat(query(branch, "SELECT n FROM kept")).isEqualTo("42");

      String before = query(branch, STARTED);
      branch.restart();
      assertThat(query(branch, STARTED)).isNotEqualTo(before);
      assertThat(query(branch, "SELECT n FROM kept")).isEqualTo("42");
      execute(branch, "DROP TABLE kept");
    }
  }

  @Test
  void startOfWhatRunsAndStopOfWhatIsStoppedDoNothing() throws Exception {
    Branch branch = parent();
    String started = query(branch, STARTED);

    branch.start();
    assertThat(query(branch, STARTED)).isEqualTo(started);

    branch.stop();
    branch.stop();
    assertThat(branch.status().state()).isEqualTo(State.STOPPED);

    branch.restart();
    assertThat(branch.isRunning()).isTrue();
  }

  @Test
  void aStoppedBranchSaysSoToWhoeverWantsToConnect() {
    Branch branch = parent().stop();

    assertThatThrownBy(branch::getJdbcUrl)
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot connect to branch %s: its server is stopped: it was shut down\n"
                    .formatted(branch.name())
                + "HINT: call start() on the branch");
  }

  @Test
  void aMissingBranchCanBeNeitherStartedNorStopped() {
    Branch branch = parent();
    branch.delete();

    for (String operation : new String[] {"start", "stop", "restart"}) {
      assertThatThrownBy(() -> call(operation, branch))
          .isInstanceOf(NotFoundException.class)
          .hasMessage(
              "cannot %s branch %s: it does not exist any more\n"
                      .formatted(operation, branch.name())
                  + "HINT: list what exists with Branches.list()");
    }
  }

  private static void call(String operation, Branch branch) {
    switch (operation) {
      case "start" -> branch.start();
      case "stop" -> branch.stop();
      default -> branch.restart();
    }
  }

  @Test
  void thePortIsKeptIfItIsFreeAndAnotherTakenIfNot() throws Exception {
    Branch branch = parent();
    int port = branch.getPort();
    assertThat(branch.restart().getPort()).isEqualTo(port);

    branch.stop();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(branch.start().getPort()).isNotEqualTo(taken.getLocalPort());
      assertThat(query(branch, "SELECT 1")).isEqualTo("1");
    }
    int another = branch.getPort();
    assertThat(branch.restart().getPort()).isEqualTo(another);
  }

  @Test
  void aDataSourceFindsTheServerAgainOnAnotherPort() throws Exception {
    Branch branch = parent();
    DataSource source = branch.dataSource();
    int port = branch.getPort();
    branch.stop();

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      branch.start();
      try (Connection connection = source.getConnection()) {
        assertThat(connection.getMetaData().getURL()).doesNotContain(":" + taken.getLocalPort());
      }
    }
  }
}
