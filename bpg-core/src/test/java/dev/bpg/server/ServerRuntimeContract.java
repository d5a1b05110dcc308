package dev.bpg.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.testing.Ability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every server runtime must do. A subclass gives the runtime and an empty folder that its
 * servers can reach.
 */
@Ability("Servers are initialised, started, watched, stopped and removed")
public abstract class ServerRuntimeContract {

  protected static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Map<String, String> FAST_SETTINGS =
      Map.of(
          "fsync", "off",
          "shared_buffers", "16MB",
          "max_connections", "20",
          "max_wal_size", "64MB");

  private final Map<BranchId, Path> made = new LinkedHashMap<>();
  protected ServerRuntime runtime;
  protected PostgresBuild build;

  /** The runtime under test. */
  protected abstract ServerRuntime runtime() throws IOException;

  /** A new folder that the server's user can reach; it need not be empty. */
  protected abstract Path folder() throws IOException;

  /** What {@code listen_addresses} of a server is. */
  protected String listens() {
    return "127.0.0.1";
  }

  @BeforeEach
  void setUp() throws IOException {
    runtime = runtime();
    build = runtime.choose(OptionalInt.empty(), Optional.empty());
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Map.Entry<BranchId, Path> server : made.entrySet()) {
      runtime.stop(server.getKey(), server.getValue(), Shutdown.IMMEDIATE, TIMEOUT);
      runtime.remove(server.getKey());
    }
  }

  protected final BranchId initialised(String folderName) throws Exception {
    BranchId id = BranchId.random();
    Path data = Files.createDirectory(folder().resolve(folderName));
    made.put(id, data);
    runtime.initialise(id, data, build);
    return id;
  }

  protected final BranchId initialised() throws Exception {
    return initialised("data");
  }

  protected final Path data(BranchId id) {
    return made.get(id);
  }

  protected final StartRequest request(BranchId id, Map<String, String> settings, int port) {
    Map<String, String> all = new HashMap<>(FAST_SETTINGS);
    all.putAll(settings);
    OptionalInt preferred = port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    return new StartRequest(id, data(id), build, all, preferred, true, List.of(), TIMEOUT);
  }

  protected final Endpoint start(BranchId id) throws InterruptedException {
    return runtime.start(request(id, Map.of(), 0));
  }

  protected final ServerState state(BranchId id) {
    return runtime.state(id, data(id));
  }

  protected static String query(Endpoint endpoint, String sql) throws SQLException {
    try (Connection connection = LocalConnection.open(endpoint, "postgres");
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void initialisesAFolderThatIsStoppedAndStartsIt() throws Exception {
    BranchId id = initialised();
    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);

    Endpoint endpoint = start(id);

    assertThat(query(endpoint, "SELECT current_user")).isEqualTo("postgres");
    assertThat(query(endpoint, "SHOW server_version")).startsWith(build.version());
    assertThat(query(endpoint, "SHOW data_checksums")).isEqualTo("on");
    assertThat(query(endpoint, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(query(endpoint, "SHOW listen_addresses")).isEqualTo(listens());
    ServerState state = state(id);
    assertThat(state.kind()).isEqualTo(Kind.RUNNING);
    assertThat(state.endpoint()).contains(endpoint);
  }

  @Test
  @Ability("Connections need a password")
  void refusesTcpWithoutAPassword() throws Exception {
    BranchId id = initialised();
    Endpoint endpoint = start(id);
    String url = "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/postgres";

    assertThatThrownBy(() -> java.sql.DriverManager.getConnection(url, "postgres", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void keepsDataOverStopAndStart() throws Exception {
    BranchId id = initialised();
    query(start(id), "CREATE TABLE kept AS SELECT 42 AS n");

    runtime.stop(id, data(id), Shutdown.FAST, TIMEOUT);
    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);

    assertThat(query(start(id), "SELECT n FROM kept")).isEqualTo("42");
  }

  @Test
  @Ability("A crashed server recovers")
  void anImmediateStopLeavesACrashedServerThatRecovers() throws Exception {
    BranchId id = initialised();
    query(start(id), "CREATE TABLE kept AS SELECT 42 AS n");

    runtime.stop(id, data(id), Shutdown.IMMEDIATE, TIMEOUT);
    assertThat(state(id).kind()).isEqualTo(Kind.CRASHED);

    assertThat(query(start(id), "SELECT n FROM kept")).isEqualTo("42");
  }

  @Test
  void startingARunningServerChangesNothing() throws Exception {
    BranchId id = initialised();
    Endpoint first = start(id);
    String started = query(first, "SELECT pg_postmaster_start_time()");

    assertThat(start(id)).isEqualTo(first);

    assertThat(query(first, "SELECT pg_postmaster_start_time()")).isEqualTo(started);
  }

  @Test
  void stoppingAStoppedServerIsNoError() throws Exception {
    BranchId id = initialised();

    runtime.stop(id, data(id), Shutdown.FAST, TIMEOUT);
    runtime.stop(id, data(id), Shutdown.IMMEDIATE, TIMEOUT);

    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  @Ability("A server keeps its port where it is free")
  void takesThePreferredPortIfItIsFreeAndAnotherIfNot() throws Exception {
    BranchId id = initialised();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Endpoint endpoint = runtime.start(request(id, Map.of(), taken.getLocalPort()));
      assertThat(endpoint.port()).isNotEqualTo(taken.getLocalPort());
      runtime.stop(id, data(id), Shutdown.FAST, TIMEOUT);
      taken.close();

      assertThat(runtime.start(request(id, Map.of(), taken.getLocalPort())).port())
          .isEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void settingsBeatTheFilesInTheDataFolder() throws Exception {
    BranchId id = initialised();
    Files.writeString(data(id).resolve("postgresql.auto.conf"), "work_mem = '5MB'\n");

    Endpoint endpoint = runtime.start(request(id, Map.of("work_mem", "7MB"), 0));

    assertThat(query(endpoint, "SHOW work_mem")).isEqualTo("7MB");
  }

  @Test
  void aBadSettingFailsTheStartWithWhatPostgresSays() throws Exception {
    BranchId id = initialised();

    assertThatThrownBy(() -> runtime.start(request(id, Map.of("work_mem", "much"), 0)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"")
        .hasMessageContaining("\nHINT: ");

    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  void refusesSettingsThatItSetsItself() throws Exception {
    BranchId id = initialised();

    assertThatThrownBy(() -> runtime.start(request(id, Map.of("Port", "5432"), 0)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot set the server setting Port: bpg sets it itself\nHINT: leave it out");

    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  void refusesAFolderOfAnotherMajorVersion() throws Exception {
    BranchId id = initialised();
    Files.writeString(data(id).resolve("PG_VERSION"), "13\n");

    assertThatThrownBy(() -> start(id))
        .isInstanceOf(StartFailedException.class)
        .hasMessage(
            "cannot start the server of branch %s: its data belongs to Postgres 13, not to %s"
                    .formatted(id, build)
                + "\nHINT: start it with Postgres 13");
  }

  @Test
  void aFolderThatIsMissingOrNoneOfPostgresIsBroken() throws Exception {
    Path folder = folder();
    BranchId id = BranchId.random();

    assertThat(runtime.state(id, folder.resolve("missing")).kind()).isEqualTo(Kind.BROKEN);
    assertThat(runtime.state(id, folder).kind()).isEqualTo(Kind.BROKEN);
  }

  @Test
  void anInterruptedStartLeavesNothingRunning() throws Exception {
    BranchId id = initialised();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> start(id)).isInstanceOf(InterruptedException.class);

    assertThat(state(id).kind()).isIn(Kind.STOPPED, Kind.CRASHED);
    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aStartThatTakesTooLongLeavesNothingRunning() throws Exception {
    BranchId id = initialised();
    // It waits for this command before it does anything else.
    Files.createFile(data(id).resolve("recovery.signal"));
    StartRequest endless =
        new StartRequest(
            id,
            data(id),
            build,
            Map.of("restore_command", "sleep 600"),
            OptionalInt.empty(),
            true,
            List.of(),
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> runtime.start(endless))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("it did not take connections within 1000 ms");

    assertThat(state(id).kind()).isIn(Kind.STOPPED, Kind.CRASHED);
  }

  @Test
  void serversDoNotTouchEachOther() throws Exception {
    BranchId one = initialised("one");
    BranchId two = initialised("two");
    Endpoint first = start(one);
    Endpoint second = start(two);
    assertThat(first.port()).isNotEqualTo(second.port());

    runtime.stop(one, data(one), Shutdown.FAST, TIMEOUT);

    assertThat(query(second, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void runsInAFolderWithSpacesAndQuotes() throws Exception {
    BranchId id = initialised("a folder, \"so\" it's called");

    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  @Ability("The last lines of a server's log")
  void givesTheLastLogLinesTheOldestFirst() throws Exception {
    BranchId id = initialised();
    assertThat(runtime.lastLogLines(BranchId.random(), 3)).isEmpty();
    query(start(id), "DO $$ BEGIN RAISE LOG 'first'; RAISE LOG 'second'; END $$");
    runtime.stop(id, data(id), Shutdown.FAST, TIMEOUT);

    assertThat(String.join("\n", runtime.lastLogLines(id, 100)))
        .containsSubsequence("first", "second", "database system is shut down");
    assertThat(runtime.lastLogLines(id, 1)).hasSize(1).first().asString().contains("shut down");
  }

  @Test
  void isNotRemovedWhileItRuns() throws Exception {
    BranchId id = initialised();
    Endpoint endpoint = start(id);

    assertThatThrownBy(() -> runtime.remove(id)).isInstanceOf(BusyException.class);
    assertThat(query(endpoint, "SELECT 1")).isEqualTo("1");

    runtime.stop(id, data(id), Shutdown.FAST, TIMEOUT);
    runtime.remove(id);
    runtime.remove(id);
    assertThat(runtime.lastLogLines(id, 1)).isEmpty();
    assertThat(data(id)).isDirectory();
  }
}
