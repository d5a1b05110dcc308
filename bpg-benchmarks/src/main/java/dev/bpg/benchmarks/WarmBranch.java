package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.junit5.BranchedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what a test class waits for its branch: from before the annotation is looked at until
 * the first row is in the test, at a steady rate of classes. Beside it, the floor: a connection to
 * a server that runs, and a row.
 */
@Command(name = "WarmBranch", mixinStandardHelpOptions = true)
public final class WarmBranch implements Callable<Integer> {

  private static final String FLOOR = "connection and row of a running server";
  private static final long PARENT_BYTES = 10_000_000;
  private static final List<Double> TIMES = new ArrayList<>();

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--rate", description = "classes a second (default: ${DEFAULT-VALUE})")
  private int rate = 20;

  private WarmBranch() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new WarmBranch()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    StorageFolder storage = options.storages().get(0);
    Report report =
        new Report("warm branches on " + storage.name() + ", " + rate + " classes a second");
    try (Workspace workspace = Workspace.on(storage)) {
      Branch main = workspace.createParent("api", PARENT_BYTES);
      main.stop();
      main.snapshot("ready");
      main.start();
      Samples floor = new Samples(floor(main));
      report.add(Result.of(FLOOR, floor));
      try (JUnitRuns runs = JUnitRuns.on(workspace.config())) {
        // First, for the other kind leaves branches to be deleted.
        Samples reading = new Samples(run(runs, Reading.class));
        report.add(Result.of("class that only reads", reading, FLOOR, floor));
        Samples writing = new Samples(run(runs, Writing.class));
        report.add(Result.of("class that writes", writing, FLOOR, floor));
      }
      Bpg.shared().close();
    }
    options.publish(report);
    return 0;
  }

  private List<Double> floor(Branch main) throws SQLException {
    String url = main.getJdbcUrl();
    String password = main.getPassword();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < options.warmUp + options.rounds; i++) {
      pace(System.nanoTime() + TimeUnit.SECONDS.toNanos(1) / rate);
      long start = System.nanoTime();
      try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
        row(connection);
        times.add(Timed.millisSince(start));
      }
    }
    return times.subList(options.warmUp, times.size());
  }

  private List<Double> run(JUnitRuns runs, Class<?> testClass) {
    TIMES.clear();
    long next = System.nanoTime();
    for (int i = 0; i < options.warmUp + options.rounds; i++) {
      next += TimeUnit.SECONDS.toNanos(1) / rate;
      pace(next);
      runs.run(testClass);
    }
    if (TIMES.size() != options.warmUp + options.rounds) {
      throw new IllegalStateException(TIMES.size() + " classes got their row");
    }
    return List.copyOf(TIMES.subList(options.warmUp, TIMES.size()));
  }

  private static void pace(long until) {
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private static void row(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT payload FROM filler WHERE id < 9 LIMIT 1")) {
      rows.next();
    }
  }

  /** A class whose branch can be handed out again. */
  @ExtendWith(JUnitRuns.Began.class)
  @BranchedDatabase(value = "api/main", snapshot = "ready")
  public static class Reading {
    @Test
    void test(DataSource db) throws SQLException {
      try (Connection connection = db.getConnection()) {
        row(connection);
        TIMES.add(Timed.millisSince(JUnitRuns.Began.nanos));
      }
    }
  }

  /** A class whose branch is used up. */
  @ExtendWith(JUnitRuns.Began.class)
  @BranchedDatabase(value = "api/main", snapshot = "ready")
  public static class Writing {
    @Test
    void test(DataSource db) throws SQLException {
      try (Connection connection = db.getConnection()) {
        row(connection);
        TIMES.add(Timed.millisSince(JUnitRuns.Began.nanos));
        try (Statement statement = connection.createStatement()) {
          statement.execute("INSERT INTO filler VALUES (0, 'written')");
        }
      }
    }
  }
}
