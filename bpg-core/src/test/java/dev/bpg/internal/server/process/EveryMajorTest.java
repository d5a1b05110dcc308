package dev.bpg.internal.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.WriteTrace;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.StartRequest;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Subject;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Subject("process")
class EveryMajorTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final BranchId id = BranchId.random();
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = ProcessTests.folder();
  }

  @AfterEach
  void deleteFolder() throws IOException {
    FolderTree.delete(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 18})
  @Ability("Postgres 14, 15, 16, 17 and 18")
  void livesThroughAllItsStates(int major) throws Exception {
    on(
        major,
        (runtime, request) -> {
          Path data = request.dataFolder();
          assertThat(runtime.state(id, data).kind()).isEqualTo(Kind.STOPPED);

          Endpoint endpoint = runtime.start(request);
          try (Connection connection = LocalConnection.open(endpoint, "postgres")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
          }
          assertThat(runtime.state(id, data).endpoint()).contains(endpoint);

          runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
          assertThat(runtime.state(id, data).kind()).isEqualTo(Kind.CRASHED);

          runtime.start(request);
          runtime.stop(id, data, Shutdown.FAST, TIMEOUT);
          assertThat(runtime.state(id, data).kind()).isEqualTo(Kind.STOPPED);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 18})
  void showsInItsLogThatSomethingWasWritten(int major) throws Exception {
    on(
        major,
        (runtime, request) -> {
          Path data = request.dataFolder();
          try (Connection connection = LocalConnection.open(runtime.start(request), "postgres")) {
            WriteTrace before = WriteTrace.of(connection, data).orElseThrow();
            assertThat(before.isOvertaken(data)).isFalse();
            connection.createStatement().execute("CREATE TABLE written ()");
            assertThat(before.isOvertaken(data)).isTrue();
          }
        });
  }

  private interface Use {
    void run(ProcessRuntime runtime, StartRequest request) throws Exception;
  }

  private void on(int major, Use use) throws Exception {
    ProcessRuntime runtime =
        new ProcessRuntime(
            ProcessTests.options(
                folder.resolve("home"),
                folder.resolve("cache"),
                ProcessTests.binaries(14, 15, 16, 17, 18)));
    PostgresBuild build = runtime.choose(OptionalInt.of(major), Optional.empty());
    Path data = Files.createDirectory(folder.resolve("data"));
    StartRequest request =
        new StartRequest(
            id, data, build, Map.of("fsync", "off"), OptionalInt.empty(), true, List.of(), TIMEOUT);
    try {
      runtime.initialise(id, data, build);
      use.run(runtime, request);
    } finally {
      runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
      runtime.remove(id);
    }
  }
}
