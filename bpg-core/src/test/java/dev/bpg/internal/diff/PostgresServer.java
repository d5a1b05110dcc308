package dev.bpg.internal.diff;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.StartRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A server of its own of some major version; its databases are what tests compare. */
final class PostgresServer implements AutoCloseable {

  private static final Path JARS = Path.of("target", "postgres-binaries");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final BranchId id = BranchId.random();
  private final Path folder;
  private final Path data;
  private final ProcessRuntime runtime;
  private final Endpoint endpoint;

  private PostgresServer(int major) throws IOException, InterruptedException {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg test ");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = Files.createDirectory(folder.resolve("data"));
    runtime =
        new ProcessRuntime(
            new ProcessOptions(
                folder.resolve("home"),
                cache(),
                Optional.empty(),
                Optional.empty(),
                List.of(new URLClassLoader(new URL[] {jar(major)}, null))));
    PostgresBuild build = runtime.choose(OptionalInt.of(major), Optional.empty());
    runtime.initialise(id, data, build);
    endpoint =
        runtime.start(
            new StartRequest(
                id,
                data,
                build,
                Map.of("fsync", "off"),
                OptionalInt.empty(),
                true,
                List.of(),
                TIMEOUT));
  }

  static PostgresServer start(int major) throws IOException, InterruptedException {
    return new PostgresServer(major);
  }

  private static URL jar(int major) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(JARS, "*-" + major + ".*.jar")) {
      return found.iterator().next().toUri().toURL();
    }
  }

  // Unpacked once for all tests of a user.
  private static Path cache() throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path cache = Files.createDirectories(Path.of("/var/tmp/bpg-test-cache-" + user));
    return Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx--x--x"));
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Makes an empty database, in place of the one of that name if there is one. */
  void create(String database) throws SQLException {
    copy("template0", database);
  }

  /** Makes a database that is like another one, in place of the one of that name. */
  void copy(String template, String database) throws SQLException {
    execute("postgres", "DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
    execute("postgres", "CREATE DATABASE \"" + database + "\" TEMPLATE " + template);
  }

  Connection connect(String database) throws SQLException {
    return LocalConnection.open(endpoint, database);
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One of the two to compare; whichever database is asked for, it is this one. */
  Side side(String database) {
    return side(endpoint, database);
  }

  static Side side(Endpoint endpoint, String database) {
    return new Side(database, asked -> LocalConnection.dataSource(endpoint, database));
  }

  BranchDiff diff(String before, String after) {
    return Comparison.of(side(before), side(after), DiffOptions.defaults());
  }

  /** How many sessions of clients there are on databases of a name. */
  String sessions(String database) throws SQLException {
    try (Connection connection = connect("postgres")) {
      return dev.bpg.testing.Sql.query(
          connection,
          // An autovacuum worker is on a database too, now and then.
          "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
              + " AND datname = '"
              + database
              + "'");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
    runtime.remove(id);
    FolderTree.delete(folder);
  }
}
