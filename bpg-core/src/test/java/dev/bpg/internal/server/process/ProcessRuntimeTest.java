package dev.bpg.internal.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.internal.platform.SystemUser;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntimeContract;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessRuntimeTest extends ServerRuntimeContract {

  private static Path cache;
  private final List<Path> folders = new ArrayList<>();
  private Path home;

  @BeforeAll
  static void makeCache() throws IOException {
    cache = ProcessTests.folder();
  }

  @AfterAll
  static void deleteCache() throws IOException {
    FolderTree.delete(cache);
  }

  @Override
  protected ServerRuntime runtime() throws IOException {
    home = folder();
    return new ProcessRuntime(ProcessTests.options(home, cache, ProcessTests.binaries(17)));
  }

  @Override
  protected Path folder() throws IOException {
    Path folder = ProcessTests.folder();
    folders.add(folder);
    return folder;
  }

  // After the servers have been stopped by the superclass, whose @AfterEach runs later.
  @AfterEach
  void keepForDeletion() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> folders.forEach(this::delete)));
  }

  private void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int postmaster(BranchId id) throws IOException {
    return PostmasterFile.read(data(id)).orElseThrow().pid();
  }

  @Test
  void aKilledPostmasterIsSeenAsCrashedAndLeavesNoZombie() throws Exception {
    BranchId id = initialised();
    start(id);
    int pid = postmaster(id);

    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    Awaitility.await().until(() -> !Files.exists(Path.of("/proc/" + pid)));
    Awaitility.await().until(() -> state(id).kind() == Kind.CRASHED);
    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aStoppedServerLeavesNoProcess() throws Exception {
    BranchId id = initialised();
    start(id);
    int pid = postmaster(id);

    runtime.stop(id, data(id), ServerRuntime.Shutdown.IMMEDIATE, TIMEOUT);

    assertThat(Path.of("/proc/" + pid)).doesNotExist();
    assertThat(ServerProcesses.all(data(id))).isEmpty();
  }

  @Test
  void aProcessThatOutlivesItsPostmasterIsReported() throws Exception {
    BranchId id = initialised();
    Endpoint endpoint = start(id);
    int backend =
        Integer.parseInt(
            query(
                endpoint, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"));
    new ProcessBuilder("kill", "-STOP", Integer.toString(backend)).start().waitFor();
    int pid = postmaster(id);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> !Files.exists(Path.of("/proc/" + pid)));

    Awaitility.await().until(() -> ServerProcesses.all(data(id)).equals(List.of(backend)));
    assertThat(state(id))
        .isEqualTo(
            new ServerState(
                Kind.STARTING,
                "a process of the ended server still runs (pid " + backend + ")",
                java.util.Optional.empty()));

    new ProcessBuilder("kill", "-CONT", Integer.toString(backend)).start().waitFor();
    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aNumberThatWentToAnotherProcessIsNotTakenForTheServer() throws Exception {
    BranchId id = initialised();
    start(id);
    runtime.stop(id, data(id), ServerRuntime.Shutdown.IMMEDIATE, TIMEOUT);
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      String file = other.pid() + "\n" + data(id) + "\n1\n5432\n/tmp\n*\n0\nready\n";
      Files.writeString(data(id).resolve("postmaster.pid"), file);

      assertThat(state(id).kind()).isEqualTo(Kind.CRASHED);
      runtime.stop(id, data(id), ServerRuntime.Shutdown.IMMEDIATE, TIMEOUT);

      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aServerInheritsNoDescriptorAndNoSecret() throws Exception {
    BranchId id = initialised();
    try (ServerSocket ours = new ServerSocket(0)) {
      start(id);
      Path process = Path.of("/proc/" + postmaster(id));

      List<String> names = new ArrayList<>();
      try (var fds = Files.newDirectoryStream(process.resolve("fd"))) {
        for (Path fd : fds) {
          names.add(Files.readSymbolicLink(fd).toString());
        }
      }
      assertThat(names).noneMatch(name -> name.endsWith(".jar"));
      assertThat(names.stream().filter(name -> name.startsWith("socket:"))).hasSizeLessThan(4);
      assertThat(Files.readString(process.resolve("environ"))).doesNotContain("MAVEN", "JAVA");
    }
  }

  @Test
  void theServersUserIsNeverRootAndItsFilesArePrivate() throws Exception {
    BranchId id = initialised();
    Endpoint endpoint = start(id);

    int uid = (int) Files.getAttribute(Path.of("/proc/" + postmaster(id)), "unix:uid");
    assertThat(uid).isNotZero();
    Path log = home.resolve("servers/" + id + "/postgres.log");
    assertThat((int) Files.getAttribute(log, "unix:mode") & 0777).isEqualTo(0600);
    assertThat((int) Files.getAttribute(log, "unix:uid")).isEqualTo(uid);
    Path sockets = endpoint.socket().orElseThrow().getParent();
    assertThat((int) Files.getAttribute(sockets, "unix:mode") & 0777).isEqualTo(0700);
    assertThat(SystemUser.currentUid()).isEqualTo(Files.getAttribute(home, "unix:uid"));
  }

  @Test
  void removesTheSocketsOfAKilledServer() throws Exception {
    BranchId id = initialised();
    Path sockets = start(id).socket().orElseThrow().getParent();
    ProcessHandle.of(postmaster(id)).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> state(id).kind() == Kind.CRASHED);
    assertThat(sockets).isNotEmptyDirectory();

    runtime.remove(id);

    assertThat(sockets).doesNotExist();
    assertThat(home.resolve("servers/" + id)).doesNotExist();
  }

  @Test
  void movesALargeLogAside() throws Exception {
    BranchId id = initialised();
    Path log = home.resolve("servers/" + id + "/postgres.log");
    Files.write(log, new byte[(10 << 20) + 1]);

    start(id);

    assertThat(Files.size(log.resolveSibling("postgres.log.1"))).isEqualTo((10 << 20) + 1);
    assertThat(Files.size(log)).isLessThan(10_000);
  }

  @Test
  void anErrorShowsOnlyTheLinesOfItsOwnStart() throws Exception {
    BranchId id = initialised();
    query(start(id), "DO $$ BEGIN RAISE LOG 'from before'; END $$");
    runtime.stop(id, data(id), ServerRuntime.Shutdown.FAST, TIMEOUT);

    assertThatThrownBy(() -> runtime.start(request(id, Map.of("max_connections", "0"), 0)))
        .hasMessageNotContaining("from before")
        .hasMessageContaining("max_connections");
  }
}
