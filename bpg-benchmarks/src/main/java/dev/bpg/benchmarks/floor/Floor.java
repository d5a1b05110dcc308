package dev.bpg.benchmarks.floor;

import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.internal.platform.ChildProcess;
import dev.bpg.internal.platform.RunningProcess.Signal;
import dev.bpg.internal.platform.Spawner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * From nothing to the first row of a clone: clone, start, connect in a tight loop, ask. The server
 * recovers as after a crash, whatever the clone caught.
 *
 * @param parent the data folder to clone
 * @param folder where clones go
 * @param cloning how to clone
 * @param command how to start a server
 * @param password the parent's password, which its clone has too
 */
public record Floor(
    Path parent, Path folder, RawClone cloning, ServerCommand command, String password)
    implements Timed {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public double run() throws Exception {
    int port = freePort();
    Path data = folder.resolve("data");
    Path log = folder.resolve("log");
    long start = System.nanoTime();
    cloning.make(parent, data);
    // Names the parent's server, and Postgres would take it for its own.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    try (ChildProcess server = Spawner.spawn(command.with(data, port, log))) {
      try {
        awaitFirstRow(port, start, password);
        return Timed.millisSince(start);
      } finally {
        server.process().signal(Signal.QUIT);
        server.process().awaitExit(PATIENCE);
      }
    } finally {
      cloning.delete(data);
      Files.deleteIfExists(log);
    }
  }

  /** Clones alone, to compare ways to do so. */
  public double runClone() throws Exception {
    Path data = folder.resolve("data");
    long start = System.nanoTime();
    cloning.make(parent, data);
    double millis = Timed.millisSince(start);
    cloning.delete(data);
    return millis;
  }

  static void awaitFirstRow(int port, long start, String password) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    while (true) {
      try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
        connection.createStatement().executeQuery("SELECT 1").next();
        return;
      } catch (SQLException e) {
        if (Timed.millisSince(start) > PATIENCE.toMillis()) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
