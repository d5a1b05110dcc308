package dev.bpg.testing;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;

/**
 * A server that lets others replicate over TCP, which bpg's own do not: of the machine's own
 * Postgres, on the folder of a branch's copy.
 */
public final class ReplicatingServer implements AutoCloseable {

  private static final String PASSWORD = "pass word";

  private final ForeignCluster cluster;
  private final Process process;
  private final int port;

  private ReplicatingServer(ForeignCluster cluster, Process process, int port) {
    this.cluster = cluster;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one of the version of {@code pg_basebackup}.
   *
   * @param settings such as {@code max_connections=200}, for its command line
   */
  public static ReplicatingServer start(Library library, String... settings) throws Exception {
    var program = ClientTools.require("pg_basebackup");
    Path postgres = program.path().resolveSibling("postgres");
    ClientTools.require("postgres");
    Database database = ClientTools.ofMajor(library, "production", program.major()).create();
    Branch main = database.main();
    Sql.execute(main, "CREATE ROLE copier LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
    Sql.execute(main, "CREATE ROLE boss LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
    ForeignCluster cluster = ForeignCluster.of(library, main);
    database.delete();
    Path rules = cluster.folder().resolve("pg_hba.conf");
    Files.writeString(
        rules,
        "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
    for (int tries = 1; ; tries++) {
      ReplicatingServer server = launch(cluster, postgres, settings);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> !server.process.isAlive() || server.answers());
      if (server.process.isAlive()) {
        return server;
      }
      // Somebody may have taken its port, which was free a moment before.
      Assertions.assertTrue(tries < 3, "the server does not start");
    }
  }

  private static ReplicatingServer launch(ForeignCluster cluster, Path postgres, String... settings)
      throws IOException {
    int port;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                postgres.toString(),
                "-D",
                cluster.folder().toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    for (String setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    if ("root".equals(System.getProperty("user.name"))) {
      // Postgres does not run as root. What ran in a container belongs to its user.
      Object uid = Files.getAttribute(cluster.folder(), "unix:uid");
      Object gid = Files.getAttribute(cluster.folder(), "unix:gid");
      command.addAll(0, List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ReplicatingServer(cluster, process, port);
  }

  private boolean answers() throws SQLException {
    try (Connection connection = open()) {
      return connection.isValid(1);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "boss", PASSWORD);
  }

  /** How a user who may replicate gets to it. */
  public SourceServer source() {
    return SourceServer.of("postgresql://copier@127.0.0.1:" + port + "/postgres")
        .withPassword(PASSWORD);
  }

  /** Runs statements. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = open()) {
      for (String statement : sql.split(";")) {
        Sql.execute(connection, statement);
      }
    }
  }

  /** Takes the rule for replication away. */
  public void letNobodyReplicate() throws IOException, SQLException {
    cluster.write("pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n");
    execute("SELECT pg_reload_conf()");
  }

  /** The process of it that does a part of its work, such as the checkpointer. */
  public ProcessHandle child(String part) {
    return process
        .descendants()
        .filter(child -> title(child).contains(part))
        .findAny()
        .orElseThrow();
  }

  // Java takes what Postgres writes over its command line for none.
  private static String title(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(child.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      // SIGTERM would wait for sessions to end; nobody needs the data.
      process.destroyForcibly();
      process.waitFor(30, TimeUnit.SECONDS);
    }
    // What it had started notices, and ends by itself.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !Traces.isWorkedIn(cluster.folder()));
    cluster.close();
  }
}
