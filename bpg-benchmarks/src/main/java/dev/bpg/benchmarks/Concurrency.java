package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures many branches of one parent made at once, by threads of one JVM and by JVMs of their
 * own, and checks that each has its parent's rows.
 */
@Command(name = "Concurrency", mixinStandardHelpOptions = true)
public final class Concurrency implements Callable<Integer> {

  private static final long PARENT_BYTES = 100_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(
      names = "--branches",
      description = "how many branches are made at once (default: ${DEFAULT-VALUE})")
  private int branches = 10;

  private Concurrency() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Concurrency()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report(branches + " branches of one parent at once");
    for (StorageFolder storage : options.storages()) {
      try (Workspace workspace = Workspace.on(storage)) {
        Branch parent = workspace.createParent("parent", PARENT_BYTES);
        CheckedCreation creation =
            new CheckedCreation(parent.name(), CheckedCreation.content(parent));
        add(report, storage, " threads", () -> threads(workspace, creation));
        add(report, storage, " JVMs", () -> new Jvms(workspace, storage).run(creation, branches));
      }
    }
    options.publish(report);
    return 0;
  }

  private void add(Report report, StorageFolder storage, String what, Callable<List<Double>> run)
      throws Exception {
    List<Double> single = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    for (int round = 0; round < options.warmUp + options.rounds; round++) {
      List<Double> times = run.call();
      if (round >= options.warmUp) {
        single.addAll(times);
        last.add(times.stream().max(Double::compare).orElseThrow());
      }
    }
    String name = storage.name() + ", " + branches + what;
    report.add(Result.of(name + ": each", new Samples(single)));
    report.add(Result.of(name + ": until the last one", new Samples(last)));
  }

  private List<Double> threads(Workspace workspace, CheckedCreation creation) throws Exception {
    // Whoever fails leaves, so that the others do not wait for it.
    Phaser meeting = new Phaser(branches);
    ExecutorService pool = Executors.newFixedThreadPool(branches);
    try {
      List<Future<Double>> results = new ArrayList<>();
      for (int i = 0; i < branches; i++) {
        results.add(pool.submit(() -> thread(workspace, creation, meeting)));
      }
      List<Double> times = new ArrayList<>();
      for (Future<Double> result : results) {
        times.add(result.get());
      }
      return times;
    } finally {
      pool.shutdown();
    }
  }

  private static double thread(Workspace workspace, CheckedCreation creation, Phaser meeting)
      throws Exception {
    try {
      meeting.arriveAndAwaitAdvance();
      return creation.run(workspace.bpg(), meeting::arriveAndAwaitAdvance);
    } finally {
      meeting.arriveAndDeregister();
    }
  }
}
