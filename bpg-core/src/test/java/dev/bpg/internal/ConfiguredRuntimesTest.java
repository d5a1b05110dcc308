package dev.bpg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.ServerType;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.server.ServerRuntime;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfiguredRuntimesTest {

  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Library.reachable(RealStorages.anywhere());
  }

  @AfterEach
  void deleteHome() throws IOException {
    Library.delete(home);
  }

  private ConfiguredRuntimes runtimes(ServerType type) {
    return new ConfiguredRuntimes(
        BpgConfig.builder().home(home).processCache(home.resolve("cache")).server(type).build());
  }

  @Test
  void takesProcessesWhereThereAreBinariesAndPicksOnce() {
    ConfiguredRuntimes runtimes = runtimes(ServerType.AUTO);

    ServerRuntime picked = runtimes.preferred();

    assertThat(picked.name()).isEqualTo("process");
    assertThat(runtimes.preferred()).isSameAs(picked);
  }

  @Test
  void dockerThatIsAskedForAndNotThereIsNotReplacedByProcesses() {
    System.setProperty("DOCKER_HOST", "unix:///nowhere/docker.sock");
    try {
      assertThatThrownBy(() -> runtimes(ServerType.DOCKER).preferred())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot use Docker: the Docker daemon at unix:///nowhere/docker.sock is not there: its"
                  + " socket does not exist\nHINT: start Docker, or name another daemon with"
                  + " DOCKER_HOST");
    } finally {
      System.clearProperty("DOCKER_HOST");
    }
  }

  @Test
  void aBranchIsRunByTheRuntimeThatItsRecordNames() {
    ConfiguredRuntimes runtimes = runtimes(ServerType.PROCESS);

    assertThat(runtimes.named("process").name()).isEqualTo("process");
    assertThat(runtimes.named("docker").name()).isEqualTo("docker");
    assertThatThrownBy(() -> runtimes.named("other"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot use the server runtime other: this bpg has no runtime of that name"
                + "\nHINT: use the bpg that made the branch");
  }

  @Test
  void processesHaveNoImages() {
    ServerRuntime process = runtimes(ServerType.PROCESS).preferred();

    assertThatThrownBy(() -> process.choose(OptionalInt.empty(), Optional.of("postgres:17")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the image postgres:17: servers run as processes here"
                + "\nHINT: set server.type to docker, or leave the image out");
  }
}
