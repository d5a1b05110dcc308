package dev.bpg.internal.server.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.StartRequest;
import dev.bpg.testing.DockerCli;
import dev.bpg.testing.RealDocker;
import dev.bpg.testing.RealStorages;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a daemon or an image: an error that names it, and nothing left behind. */
class DockerFaultsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final BranchId id = BranchId.random();
  private Path home;
  private Path data;

  @BeforeEach
  void makeFolders() throws Exception {
    RealDocker.images();
    home = RealStorages.anywhere();
    data = Files.createDirectory(home.resolve("data"));
  }

  @AfterEach
  void leavesNothing() throws Exception {
    DockerRuntime runtime = runtime(RealDocker.image(17));
    runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
    runtime.remove(id);
    assertThat(DockerCli.all(home)).isEmpty();
    FolderTree.delete(home);
  }

  private DockerRuntime runtime(String image) {
    return new DockerRuntime(DockerTests.options(home, image));
  }

  private static PostgresBuild choose(DockerRuntime runtime) {
    return runtime.choose(OptionalInt.empty(), Optional.empty());
  }

  private StartRequest request(PostgresBuild build) {
    return new StartRequest(
        id, data, build, Map.of("fsync", "off"), OptionalInt.empty(), true, List.of(), TIMEOUT);
  }

  @Test
  void anImagesOwnUserRunsItsServers() throws Exception {
    DockerRuntime runtime = runtime("postgres:17-alpine");
    PostgresBuild build = choose(runtime);

    runtime.initialise(id, data, build);

    try (Connection connection = LocalConnection.open(runtime.start(request(build)), "postgres")) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
    }
    int own = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertThat(Files.getAttribute(data, "unix:uid")).isEqualTo(own == 0 ? 70 : own);
    assertThat(DockerCli.run("inspect", "--format", "{{.Path}}", "bpg-" + id))
        .isEqualTo("/usr/local/bin/postgres");
  }

  @Test
  void refusesAnImageWithoutPostgres() {
    assertThatThrownBy(() -> choose(runtime("bpg-test/no-postgres")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot use the image bpg-test/no-postgres: it has no postgres and initdb"
                + "\nHINT: name an image with Postgres, such as postgres:17");
  }

  @Test
  void refusesAnImageForAnotherProcessor() {
    assertThatThrownBy(() -> choose(runtime("bpg-test/foreign")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "cannot use the image bpg-test/foreign: its programs are not for this machine: it is"
                + " for ")
        .hasMessageEndingWith("\nHINT: pull the image for this machine's platform");
  }

  @Test
  void saysThatAnImageIsMissingAndCannotBeFetched() {
    assertThatThrownBy(() -> choose(runtime("registry.invalid/nobody/postgres:17")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "cannot pull the image registry.invalid/nobody/postgres:17: this machine does not have"
                + " it, and it could not be fetched: ")
        .hasMessageEndingWith(
            "\nHINT: check its name and the network, or load it with docker load");
  }

  @Test
  void refusesAnImageOfAnotherVersionThanTheOneWanted() {
    assertThatThrownBy(
            () -> runtime(RealDocker.image(16)).choose(OptionalInt.of(17), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "cannot find Postgres 17: the image " + RealDocker.image(16) + " has Postgres 16.")
        .hasMessageEndingWith("\nHINT: name an image with Postgres 17, such as postgres:17");
  }

  @Test
  void saysThatTheImageOfADataFolderIsGone() throws Exception {
    String copy = "bpg-test/copy-" + id;
    DockerCli.run("create", "--name", copy.replace('/', '-'), RealDocker.image(17), "true");
    try {
      DockerCli.run("commit", copy.replace('/', '-'), copy);
      DockerRuntime runtime = runtime(copy);
      PostgresBuild build = choose(runtime);
      runtime.initialise(id, data, build);
      DockerCli.run("rmi", copy);

      assertThatThrownBy(() -> runtime.start(request(build)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot find the image %s: the daemon does not have %s any more, which made the data"
                      .formatted(copy, build.origin().replaceAll(".*@", ""))
                  + "\nHINT: load that image again with docker load");
    } finally {
      DockerCli.run("rm", copy.replace('/', '-'));
    }
  }

  @Test
  void aFailedInitdbSaysWhatItWrote() throws Exception {
    DockerRuntime runtime = runtime(RealDocker.image(17));
    Files.writeString(data.resolve("something"), "in the way");

    assertThatThrownBy(() -> runtime.initialise(id, data, choose(runtime)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("exists but is not empty");

    assertThat(data.toFile().list()).containsExactly("something");
    assertThat(DockerCli.all(home)).isEmpty();
  }

  @Test
  void saysThatAFolderIsNotSeenByTheDaemon() throws Exception {
    String hidden = System.getenv("BPG_TEST_DOCKER_HIDDEN");
    assumeTrue(hidden != null, "needs dev/with-docker, which hides a folder from its daemon");
    DockerRuntime runtime = runtime(RealDocker.image(17));
    Path unseen = Files.createTempDirectory(Path.of(hidden), "data");

    assertThatThrownBy(() -> runtime.initialise(id, unseen, choose(runtime)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot initialise the data folder %s: the Docker daemon at %s does not see %s of this machine"
                    .formatted(unseen, System.getenv("DOCKER_HOST"), unseen)
                + "\nHINT: use a daemon of this machine, or set home and storage.path to folders"
                + " that its machine has at the same path");

    assertThat(unseen).isEmptyDirectory();
    Files.delete(unseen);
  }

  @Test
  void saysThatANetworkIsMissing() throws Exception {
    DockerRuntime runtime =
        new DockerRuntime(
            DockerTests.options(home, RealDocker.image(17), "no-such-net", OptionalLong.empty()));
    PostgresBuild build = choose(runtime);
    runtime.initialise(id, data, build);

    assertThatThrownBy(() -> runtime.start(request(build)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot start the server of branch %s: the Docker daemon says: network no-such-net not found"
                    .formatted(id)
                + "\nHINT: set docker.network to one of docker network ls");
  }

  @Test
  void saysThatThereIsNotEnoughMemory() throws Exception {
    DockerRuntime runtime = runtime(RealDocker.image(17));
    PostgresBuild build = choose(runtime);
    runtime.initialise(id, data, build);
    DockerRuntime small =
        new DockerRuntime(
            DockerTests.options(home, RealDocker.image(17), "bridge", OptionalLong.of(6L << 20)));

    assertThatThrownBy(() -> small.start(request(build)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("it was killed for want of memory (exit code ")
        .hasMessageEndingWith("\nHINT: raise docker.memory, or lower shared_buffers");

    assertThat(small.state(id, data).kind()).isNotEqualTo(Kind.RUNNING);
  }

  @Test
  void saysThatThereIsNoDaemon() {
    System.setProperty("DOCKER_HOST", "unix:///nowhere/docker.sock");
    try {
      assertThatThrownBy(() -> runtime(RealDocker.image(17)).requireDaemon())
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
  void saysThatADaemonDoesNotAnswerSoonerThanUsersLoseTheirPatience() throws Exception {
    Path socket = Files.createTempDirectory("bpg").resolve("s");
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(socket));
      System.setProperty("DOCKER_HOST", "unix://" + socket);

      assertThatThrownBy(() -> runtime(RealDocker.image(17)).requireDaemon())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot use Docker: the Docker daemon at unix://%s has not answered for 10 s"
                      .formatted(socket)
                  + "\nHINT: see what docker version says, and restart Docker if it hangs");
    } finally {
      System.clearProperty("DOCKER_HOST");
    }
  }

  @Test
  void saysThatTheConfiguredAddressIsNone() {
    System.setProperty("DOCKER_HOST", "unix:///a b");
    try {
      assertThatThrownBy(() -> runtime(RealDocker.image(17)).requireDaemon())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "cannot use Docker: Docker's configuration cannot be used: Illegal character in path at"
                  + " index 9: unix:///a b\nHINT: correct DOCKER_HOST, DOCKER_CONTEXT or"
                  + " DOCKER_CERT_PATH");
    } finally {
      System.clearProperty("DOCKER_HOST");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/containers/create", "/start", "/wait", "/json"})
  void aDaemonThatGoesAwayInTheMiddleLeavesWhatTheNextOneCanTakeAway(String request)
      throws Exception {
    DockerRuntime runtime = runtime(RealDocker.image(17));
    PostgresBuild build = choose(runtime);
    runtime.initialise(id, data, build);

    try (DaemonProxy proxy = DaemonProxy.thatDiesOf(request)) {
      Throwable thrown = catchThrowable(() -> runtime(RealDocker.image(17)).start(request(build)));
      // A server that takes connections before anybody waits for its end has started.
      if (thrown != null || !request.equals("/wait")) {
        assertThat(thrown)
            .isInstanceOf(UnavailableException.class)
            .hasMessageStartingWith(
                "cannot start the server of branch " + id + ": the Docker daemon")
            .hasMessageContaining("\nHINT: ");
      }
    }

    runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
    assertThat(runtime.state(id, data).kind()).isIn(Kind.STOPPED, Kind.CRASHED);
    try (Connection connection = LocalConnection.open(runtime.start(request(build)), "postgres")) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
