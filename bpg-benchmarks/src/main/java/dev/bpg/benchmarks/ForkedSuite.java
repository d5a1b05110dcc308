package dev.bpg.benchmarks;

import dev.bpg.config.StorageType;
import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each process of {@link ManyForks} runs: tests in several threads, each with a branch. */
final class ForkedSuite {

  private ForkedSuite() {}

  /**
   * Runs the tests, and fails if one does.
   *
   * @param args the home, the storage, threads, tests, the bound of servers
   */
  public static void main(String[] args) {
    StorageFolder storage = new StorageFolder(StorageType.valueOf(args[1]), Path.of(args[0]));
    System.setProperty("benchmark.tests", args[3]);
    long succeeded;
    try (JUnitRuns runs = JUnitRuns.on(Workspace.config(Path.of(args[0]), storage).build())) {
      succeeded =
          runs.run(
              Tests.class,
              Map.of(
                  "junit.jupiter.execution.parallel.enabled", "true",
                  "junit.jupiter.execution.parallel.mode.default", "concurrent",
                  "junit.jupiter.execution.parallel.config.strategy", "fixed",
                  "junit.jupiter.execution.parallel.config.fixed.parallelism", args[2],
                  "bpg.junit.maxBranches", args[4]));
    }
    System.exit(succeeded == Integer.parseInt(args[3]) ? 0 : 1);
  }

  /** Each writes, and sees what it wrote and nobody else's. */
  static final class Tests {

    static IntStream numbers() {
      return IntStream.rangeClosed(1, Integer.getInteger("benchmark.tests"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @BranchedDatabase(value = "api/main", snapshot = "ready", scope = BranchScope.METHOD)
    void seesItsOwn(int number, Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO filler VALUES (" + (-number) + ", 'mine')");
        var rows = statement.executeQuery("SELECT count(*), min(id) FROM filler WHERE id < 0");
        rows.next();
        Assertions.assertEquals(1, rows.getInt(1));
        Assertions.assertEquals(-number, rows.getInt(2));
      }
    }
  }
}
