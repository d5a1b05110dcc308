package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.DatabasePreparation;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.config.StorageType;
import dev.bpg.junit5.BranchedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each process of {@link SecondRun} runs: one test class. Prints how long it waited, in
 * milliseconds: for what it is given before its first test, and for a row.
 */
final class FirstTest {

  private static double ready;
  private static double row;

  private FirstTest() {}

  /**
   * Runs a class.
   *
   * @param args the home, the storage, the class, the URL of a server that runs
   */
  public static void main(String[] args) throws ClassNotFoundException {
    StorageFolder storage = new StorageFolder(StorageType.valueOf(args[1]), Path.of(args[0]));
    System.setProperty("benchmark.url", args[3]);
    try (JUnitRuns runs = JUnitRuns.on(Workspace.config(Path.of(args[0]), storage).build())) {
      runs.run(Class.forName(args[2]));
    }
    System.out.println(ready + " " + row);
    if (Files.exists(Path.of(args[0]))) {
      // Else its watchdog does this, while the benchmark deletes the home.
      Bpg.shared().close();
    }
  }

  private static void row(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT 1").next();
    }
    row = Timed.millisSince(JUnitRuns.Began.nanos);
  }

  /** Prepares a hundred tables. */
  public static final class Tables implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        for (int i = 0; i < 100; i++) {
          statement.execute("CREATE TABLE t" + i + " (id bigint PRIMARY KEY, name text UNIQUE)");
        }
      }
    }
  }

  /** A class that has a branch. */
  @ExtendWith(JUnitRuns.Began.class)
  @BranchedDatabase(value = "shop", prepare = Tables.class)
  static final class Branched {
    @BeforeAll
    static void ready() {
      ready = Timed.millisSince(JUnitRuns.Began.nanos);
    }

    @Test
    void test(DataSource db) throws SQLException {
      try (Connection connection = db.getConnection()) {
        row(connection);
      }
    }
  }

  /** A class that connects to what runs. */
  @ExtendWith(JUnitRuns.Began.class)
  static final class Connected {
    @Test
    void test() throws SQLException {
      try (Connection connection =
          DriverManager.getConnection(System.getProperty("benchmark.url"))) {
        row(connection);
      }
    }
  }
}
