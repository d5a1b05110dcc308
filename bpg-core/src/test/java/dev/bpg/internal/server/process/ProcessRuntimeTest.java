package dev.bpg.internal.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.error.BusyException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.Ports;
import dev.bpg.internal.server.PostmasterFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntimeContract;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@Subject("process")
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
    try (Connection held = LocalConnection.open(endpoint, "postgres")) {
      int backend = held.unwrap(PGConnection.class).getBackendPID();
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
      // Its server has gone, so it cannot say goodbye.
      held.abort(Runnable::run);
    }
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
  void aThreadThatIsInterruptedAtAnyMomentOfAStartLeavesNothing() throws Exception {
    BranchId id = initialised();
    for (int millis = 0; millis < 40; millis += 2) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread starter =
          new Thread(
              () -> {
                try {
                  start(id);
                } catch (InterruptedException | RuntimeException e) {
                  thrown.set(e);
                }
              });
      starter.start();
      starter.join(millis + 1);
      starter.interrupt();
      starter.join();

      if (thrown.get() != null) {
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ServerProcesses.all(data(id))).isEmpty();
      }
      runtime.stop(id, data(id), ServerRuntime.Shutdown.IMMEDIATE, TIMEOUT);
    }
    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPortThatIsLostToAnotherServerIsReplacedByAnother() throws Exception {
    List<BranchId> ids = List.of(initialised("a"), initialised("b"), initialised("c"));
    int port = portThatNobodyIsGiven();
    ExecutorService threads = Executors.newFixedThreadPool(ids.size());
    try {
      List<Future<Endpoint>> starts = new ArrayList<>();
      for (BranchId id : ids) {
        starts.add(threads.submit(() -> runtime.start(request(id, Map.of(), port))));
      }
      Set<Integer> ports = new HashSet<>();
      for (Future<Endpoint> start : starts) {
        ports.add(start.get().port());
        assertThat(query(start.get(), "SELECT 1")).isEqualTo("1");
      }
      assertThat(ports).hasSize(ids.size()).contains(port);
    } finally {
      threads.shutdown();
    }
  }

  // Below those that the kernel gives to whoever asks for any, which other processes do all the
  // time.
  private static int portThatNobodyIsGiven() throws IOException {
    int port = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
    while (!Ports.isFree(port)) {
      port++;
    }
    return port;
  }

  @Test
  void stopsWaitingForASessionThatDoesNotEndAndSaysWho() throws Exception {
    BranchId id = initialised();
    start(id);
    int pid = postmaster(id);
    new ProcessBuilder("kill", "-STOP", Integer.toString(pid)).start().waitFor();
    try {
      Duration moment = Duration.ofMillis(50);
      assertThatThrownBy(() -> runtime.stop(id, data(id), ServerRuntime.Shutdown.FAST, moment))
          .isInstanceOf(BusyException.class)
          .hasMessage(
              "cannot stop the server of branch %s: process %d still runs after 50 ms"
                      .formatted(id, pid)
                  + "\nHINT: stop it with Shutdown.IMMEDIATE or a longer time-out");
    } finally {
      new ProcessBuilder("kill", "-CONT", Integer.toString(pid)).start().waitFor();
    }
  }

  @Test
  void namesTheFolderThatKeepsTheServersUserOut() throws Exception {
    assumeTrue(SystemUser.isRoot(), "only root starts servers as another user");
    Path closed = folder();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Path data = Files.createDirectory(closed.resolve("data"));

    assertThatThrownBy(() -> runtime.initialise(BranchId.random(), data, build))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot run Postgres as user postgres: this user may not pass through %s"
                    .formatted(closed)
                + "\nHINT: set BPG_HOME to a folder that every user can reach, such as"
                + " /var/lib/bpg, or run chmod o+x "
                + closed);

    assertThat(data).isEmptyDirectory();
  }

  @Test
  void aFailedInitdbSaysWhatItWrote() throws Exception {
    BranchId id = initialised();

    assertThatThrownBy(() -> runtime.initialise(id, data(id), build))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("exists but is not empty");

    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);
    try (Stream<Path> left = Files.list(home.resolve("servers/" + id))) {
      assertThat(left).isEmpty();
    }
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
