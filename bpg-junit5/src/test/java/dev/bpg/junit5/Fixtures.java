package dev.bpg.junit5;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs test classes that are the subject of a test, and keeps what they saw. */
final class Fixtures {

  /** What fixtures saw, in order; emptied by {@link #run}. */
  static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private static boolean made;

  private Fixtures() {}

  /** The database {@code api}, with the number 1 in the table {@code items}. */
  static synchronized void makeApi() {
    if (!made) {
      Databases.named("api")
          .initialSql("CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1);")
          .create();
      made = true;
    }
  }

  static EngineExecutionResults run(Class<?>... classes) {
    return run(Map.of(), classes);
  }

  static EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
    makeApi();
    SEEN.clear();
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    Arrays.stream(classes).forEach(type -> kit.selectors(selectClass(type)));
    return kit.configurationParameters(parameters).execute();
  }

  /** Asserts that so many tests ran and nothing failed. */
  static void assertSucceeded(EngineExecutionResults results, int tests) {
    Events failed = results.allEvents().failed();
    if (failed.count() > 0) {
      throw new AssertionError("failed: " + failed.list(), failure(results));
    }
    results.testEvents().assertStatistics(all -> all.succeeded(tests));
  }

  /** The first failure of a class or test. */
  static Throwable failure(EngineExecutionResults results) {
    return failures(results).stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing failed"));
  }

  /** The failures of classes and tests, in order. */
  static List<Throwable> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .map(Event::getPayload)
        .flatMap(Optional::stream)
        .map(payload -> (TestExecutionResult) payload)
        .map(TestExecutionResult::getThrowable)
        .flatMap(Optional::stream)
        .toList();
  }

  static void see(String what) {
    SEEN.add(what);
  }

  static void see(Branch branch) {
    SEEN.add(branch.name());
  }

  /** The branches of a database but its main one, by name. */
  static List<String> branches(String database) {
    return Branches.list(database).stream()
        .map(Branch::name)
        .filter(name -> !name.endsWith("/main"))
        .toList();
  }

  static int number(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return number(connection, sql);
    }
  }

  static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  static int items(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM items");
  }

  static void addItem(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO items VALUES (" + id + ")");
    }
  }
}
