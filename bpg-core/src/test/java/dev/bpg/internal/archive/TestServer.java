package dev.bpg.internal.archive;

import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.process.ProcessOptions;
import dev.bpg.internal.server.process.ProcessRuntime;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.BranchId;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.StartRequest;
import dev.bpg.testing.Sql;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A real server on a data folder of its own, without the rest of bpg. */
final class TestServer implements AutoCloseable {

  /** The segments of the clusters that bpg makes. */
  static final WalSegments SEGMENTS = new WalSegments(2 << 20);

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Path JARS = Path.of("target", "postgres-binaries");

  private final BranchId id = BranchId.random();
  private final ProcessRuntime runtime;
  private final PostgresBuild build;
  private final Path data;

  private TestServer(Path folder, String name, int major) throws IOException {
    Path cache =
        Files.createDirectories(
            Path.of(
                "/var/tmp/bpg-test-cache-"
                    + Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    runtime =
        new ProcessRuntime(
            new ProcessOptions(
                folder.resolve("home"),
                cache,
                Optional.empty(),
                Optional.empty(),
                List.of(binaries(major))));
    build = runtime.choose(OptionalInt.of(major), Optional.empty());
    data = folder.resolve(name);
  }

  private static ClassLoader binaries(int major) throws IOException {
    try (DirectoryStream<Path> jar = Files.newDirectoryStream(JARS, "*-" + major + ".*.jar")) {
      return new URLClassLoader(new URL[] {jar.iterator().next().toUri().toURL()}, null);
    }
  }

  /** A server with new data. */
  static TestServer create(Path folder, String name, int major) throws Exception {
    TestServer server = new TestServer(folder, name, major);
    Files.createDirectory(server.data);
    server.runtime.initialise(server.id, server.data, server.build);
    return server;
  }

  /** A server on a copy of this one's data, which nothing writes meanwhile. */
  TestServer copy(Path folder, String name, int major) throws Exception {
    TestServer copy = new TestServer(folder, name, major);
    Process cp =
        new ProcessBuilder("cp", "-a", data.toString(), copy.data.toString()).inheritIO().start();
    if (!cp.waitFor(60, TimeUnit.SECONDS) || cp.exitValue() != 0) {
      throw new IOException("cp failed");
    }
    return copy;
  }

  Path data() {
    return data;
  }

  /** Starts it, with fsync off. */
  void start(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("fsync", "off");
    runtime.start(
        new StartRequest(id, data, build, all, OptionalInt.empty(), true, List.of(), TIMEOUT));
  }

  Connection connect() throws Exception {
    Endpoint endpoint = runtime.state(id, data).endpoint().orElseThrow();
    return LocalConnection.open(endpoint, "postgres");
  }

  String query(String sql) throws Exception {
    try (Connection connection = connect()) {
      return Sql.query(connection, sql);
    }
  }

  void execute(String sql) throws Exception {
    try (Connection connection = connect()) {
      Sql.execute(connection, sql);
    }
  }

  /** Ends the segment that is written now; the name of its file. */
  String switchSegment() throws Exception {
    String name = query("SELECT pg_walfile_name(pg_current_wal_lsn())");
    query("SELECT pg_switch_wal()");
    return name;
  }

  List<String> log() {
    return runtime.lastLogLines(id, 1000);
  }

  void stop() throws Exception {
    runtime.stop(id, data, Shutdown.FAST, TIMEOUT);
  }

  void crash() throws Exception {
    runtime.stop(id, data, Shutdown.IMMEDIATE, TIMEOUT);
  }

  @Override
  public void close() throws Exception {
    crash();
    runtime.remove(id);
    FolderTree.delete(data);
  }
}
