package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.BranchStatus.Health;
import dev.bpg.model.BranchStatus.State;
import dev.bpg.testing.DockerCli;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest extends BothKindsContract {

  private Branch branch;

  @BeforeEach
  void makeABranch() {
    branch = bpg.from(Library.SHOP).named("dev").fast().setting("work_mem", "8MB").create();
  }

  @Test
  void aBranchThatRunsAsRecordedIsHealthy() {
    assertThat(branch.status())
        .isEqualTo(new BranchStatus(State.RUNNING, Health.HEALTHY, "it takes connections"));
    assertThat(branch.status().isHealthy()).isTrue();
    TemporaryBranch temporary = branch.branch().createTemporary();
    try (temporary) {
      assertThat(temporary.status().health()).isEqualTo(Health.HEALTHY);
    }
    Awaitility.await()
        .until(() -> bpg.listBranches().stream().noneMatch(b -> b.id().equals(temporary.id())));
  }

  @Test
  void aBranchThatWasStoppedIsHealthyToo() {
    branch.stop();
    assertThat(branch.status())
        .isEqualTo(new BranchStatus(State.STOPPED, Health.STOPPED, "it was shut down"));
    assertThat(branch.status().isHealthy()).isTrue();
  }

  @Test
  void aVolumeThatIsMissingIsSaid() throws Exception {
    Assumptions.assumeFalse(branch.storage().equals("zfs"), "a mount cannot be moved away");
    branch.stop();
    Path away = Files.move(volume(), volume().resolveSibling("away"));
    try {
      assertThat(branch.status())
          .isEqualTo(new BranchStatus(State.BROKEN, Health.VOLUME_MISSING, "volume missing"));
      assertThat(branch.status().isHealthy()).isFalse();
    } finally {
      Files.move(away, volume());
    }
  }

  @Test
  void aServerThatExitedWithoutAShutdownIsSaid() throws Exception {
    // In a container the number is one of its own, and another process's here.
    Assumptions.assumeFalse(storage().isInDocker(), "containers have a test of their own");
    ProcessHandle.of(Long.parseLong(postmasterFile().get(0))).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> branch.status().state() == State.CRASHED);

    assertThat(branch.status().health()).isEqualTo(Health.SERVER_EXITED);
    assertThat(branch.status().reason()).contains("the next start recovers");
    assertThat(branch.start().status().isHealthy()).isTrue();
  }

  @Test
  void aContainerThatExitedAndOneThatIsMissingAreSaid() throws Exception {
    Assumptions.assumeTrue(storage().isInDocker(), "there are no containers here");
    // Docker would start it again.
    DockerCli.run("update", "--restart", "no", "bpg-" + branch.id());
    DockerCli.run("kill", "bpg-" + branch.id());
    assertThat(branch.status().health()).isEqualTo(Health.SERVER_EXITED);

    DockerCli.run("rm", "bpg-" + branch.id());
    assertThat(branch.status().state()).isEqualTo(State.CRASHED);
    assertThat(branch.status().health()).isEqualTo(Health.SERVER_MISSING);
    assertThat(branch.status().reason()).startsWith("container missing: ");
    assertThat(branch.start().status().isHealthy()).isTrue();
  }

  @Test
  void aServerThatIsNotReadyIsSaid() throws Exception {
    List<String> lines = postmasterFile();
    Path file = data().resolve("postmaster.pid");
    byte[] ready = Files.readAllBytes(file);
    String starting = String.join("\n", lines).replace("ready   ", "starting");
    Files.writeString(file, starting + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    try {
      assertThat(branch.status().state()).isEqualTo(State.STARTING);
      assertThat(branch.status().health()).isEqualTo(Health.NOT_READY);
    } finally {
      Files.write(file, ready);
    }
  }

  @Test
  void dataThatIsNoneIsSaid() throws Exception {
    branch.stop();
    Path version = data().resolve("PG_VERSION");
    Path away = Files.move(version, data().resolve("away"));
    assertThat(branch.status())
        .isEqualTo(
            new BranchStatus(
                State.BROKEN, Health.DATA_DAMAGED, "the data folder has no PG_VERSION"));
    Files.move(away, version);
  }

  @Test
  void anArchiveThatIsMissingIsSaid() throws Exception {
    branch.archive().enable();
    assertThat(branch.status().health()).isEqualTo(Health.HEALTHY);
    Path archive = library.home().resolve("archive").resolve(branch.id());
    Path away = Files.move(archive, archive.resolveSibling("away"));
    try {
      assertThat(branch.status())
          .isEqualTo(
              new BranchStatus(
                  State.RUNNING, Health.ARCHIVE_MISSING, "archive missing: it takes connections"));
    } finally {
      Files.move(away, archive);
    }
  }

  @Test
  void aServerThatIsNotWhatItsRecordSaysDrifts() throws Exception {
    Path record = library.home().resolve("catalog/shop/dev.json");
    String before = Files.readString(record);
    int port = branch.getPort();
    // The port's digits may be part of an id or a time, too.
    assertThat(before).contains("\"port\" : " + port);
    Files.writeString(
        record, before.replace("8MB", "9MB").replace("\"port\" : " + port, "\"port\" : 1"));

    assertThat(branch.status())
        .isEqualTo(
            new BranchStatus(
                State.RUNNING,
                Health.DRIFT,
                "not as recorded: the port is "
                    + port
                    + ", not 1, the server was started without work_mem = 9MB"));
    assertThat(branch.isRunning()).isTrue();

    assertThat(branch.restart().status().health()).isEqualTo(Health.HEALTHY);
  }

  private Path volume() {
    return library.home().resolve("volumes").resolve(branch.id());
  }

  private Path data() {
    return volume().resolve("data");
  }

  private List<String> postmasterFile() throws Exception {
    return Files.readAllLines(data().resolve("postmaster.pid"));
  }
}
