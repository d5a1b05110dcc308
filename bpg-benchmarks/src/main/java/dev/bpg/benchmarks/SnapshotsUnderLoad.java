package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.model.BranchMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what snapshots of a running branch do to those who commit to it meanwhile: in windows of
 * one second, the commits that take longer than 50 ms, with no snapshot, with a fast one and with a
 * consistent one, in turns; and the checkpoints that a snapshot asks for.
 */
@Command(name = "SnapshotsUnderLoad", mixinStandardHelpOptions = true)
public final class SnapshotsUnderLoad implements Callable<Integer> {

  private static final long PARENT_BYTES = 100_000_000;
  private static final long WINDOW_NANOS = 1_000_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--clients", description = "who commit at once (default: ${DEFAULT-VALUE})")
  private int clients = 4;

  private SnapshotsUnderLoad() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SnapshotsUnderLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report("Snapshots while " + clients + " clients commit");
    for (StorageFolder storage : options.storages()) {
      try (Workspace workspace = Workspace.on(storage)) {
        measure(report, storage.name(), workspace.createParent("api", PARENT_BYTES));
      }
    }
    options.publish(report);
    return 0;
  }

  private void measure(Report report, String storage, Branch main) throws Exception {
    Map<String, Supplier<Optional<Snapshot>>> windows = new LinkedHashMap<>();
    windows.put("no snapshot", Optional::empty);
    windows.put("fast snapshot", () -> Optional.of(main.snapshot("load", BranchMode.FAST)));
    windows.put("consistent snapshot", () -> Optional.of(main.snapshot("load")));
    Map<String, Findings> findings = new LinkedHashMap<>();
    windows.keySet().forEach(name -> findings.put(name, new Findings()));
    try (CommitLoad load = CommitLoad.start(main, clients)) {
      for (int round = -options.warmUp; round < options.rounds; round++) {
        for (Map.Entry<String, Supplier<Optional<Snapshot>>> window : windows.entrySet()) {
          Findings found = round < 0 ? new Findings() : findings.get(window.getKey());
          measure(load, main, window.getValue(), found);
        }
      }
    }
    findings.forEach((name, found) -> found.addTo(report, storage + ", " + name));
  }

  private static void measure(
      CommitLoad load, Branch main, Supplier<Optional<Snapshot>> window, Findings found)
      throws Exception {
    long checkpoints = checkpoints(main);
    load.beginWindow();
    long start = System.nanoTime();
    Optional<Snapshot> taken = window.get();
    found.calls.add(Timed.millisSince(start));
    long left = start + WINDOW_NANOS - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = start + WINDOW_NANOS - System.nanoTime();
    }
    CommitLoad.Window seen = load.endWindow();
    found.commits.add((double) seen.commits());
    found.slow.add((double) seen.slow());
    found.longest.add(seen.longestMillis());
    found.checkpoints.add((double) (checkpoints(main) - checkpoints));
    taken.ifPresent(Snapshot::delete);
  }

  // The view is that of Postgres 17 and newer.
  private static long checkpoints(Branch main) throws Exception {
    try (Connection connection = main.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT num_requested FROM pg_stat_checkpointer")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static final class Findings {
    final List<Double> calls = new ArrayList<>();
    final List<Double> commits = new ArrayList<>();
    final List<Double> slow = new ArrayList<>();
    final List<Double> longest = new ArrayList<>();
    final List<Double> checkpoints = new ArrayList<>();

    void addTo(Report report, String what) {
      report.add(Result.of(what + ": the call", new Samples(calls)));
      report.add(Result.of(what + ": longest commit", new Samples(longest)));
      report.add(Result.of(what + ": commits", "a second", new Samples(commits)));
      report.add(Result.of(what + ": commits over 50 ms", "a second", new Samples(slow)));
      report.add(Result.of(what + ": checkpoints asked for", "", new Samples(checkpoints)));
    }
  }
}
