package dev.bpg.internal.server.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.StartRequest;
import dev.bpg.testing.RealDocker;
import dev.bpg.testing.RealStorages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A daemon that is reached as one on another machine is: over TCP and TLS. */
class RemoteDaemonTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final List<String> PROPERTIES =
      List.of(
          "DOCKER_HOST",
          "DOCKER_TLS_VERIFY",
          "DOCKER_CERT_PATH",
          "DOCKER_CONFIG",
          "DOCKER_CONTEXT");

  private Path home;
  private TlsDaemon daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    RealDocker.images();
    home = RealStorages.anywhere();
    daemon = TlsDaemon.start();
  }

  @AfterEach
  void endDaemon() throws Exception {
    PROPERTIES.forEach(System::clearProperty);
    if (daemon != null) {
      daemon.close();
      FolderTree.delete(home);
    }
  }

  private DockerRuntime runtime() {
    return new DockerRuntime(DockerTests.options(home, RealDocker.image(17)));
  }

  private void useTls(Path files) {
    System.setProperty("DOCKER_HOST", daemon.address());
    System.setProperty("DOCKER_TLS_VERIFY", "1");
    System.setProperty("DOCKER_CERT_PATH", files.toString());
  }

  @Test
  void serversRunOnADaemonBehindTls() throws Exception {
    useTls(daemon.files());
    BranchId id = BranchId.random();
    Path data = Files.createDirectory(home.resolve("data"));
    DockerRuntime runtime = runtime();
    PostgresBuild build = runtime.choose(OptionalInt.empty(), Optional.empty());
    runtime.initialise(id, data, build);
    StartRequest request =
        new StartRequest(
            id, data, build, Map.of("fsync", "off"), OptionalInt.empty(), true, List.of(), TIMEOUT);

    try (Connection connection = LocalConnection.open(runtime.start(request), "postgres")) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
    } finally {
      runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
      runtime.remove(id);
    }
  }

  @Test
  void saysThatADaemonsCertificateIsNotTheOneToTrust() throws Exception {
    try (TlsDaemon other = TlsDaemon.start()) {
      useTls(other.files());

      assertThatThrownBy(() -> runtime().requireDaemon())
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("cannot use Docker: ")
          .hasMessageContaining(daemon.address())
          .hasMessageContaining("HINT: ");
    }
  }
}
