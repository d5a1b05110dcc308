package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.benchmarks.measure.Timed;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures whether many branches slow bpg down: creation beside few and beside many stopped
 * branches in turns, and listing, opening and the heap beside many.
 */
@Command(name = "Catalog500", mixinStandardHelpOptions = true)
public final class Catalog500 implements Callable<Integer> {

  private static final String DATABASE = "api";
  private static final long PARENT_BYTES = 10_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--few", description = "branches of the small home (default: ${DEFAULT-VALUE})")
  private int few = 10;

  @Option(names = "--many", description = "branches of the large home (default: ${DEFAULT-VALUE})")
  private int many = 500;

  private Catalog500() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Catalog500()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report("Few branches and many: " + few + " and " + many);
    StorageFolder storage = options.storages().get(0);
    try (Workspace small = Workspace.on(storage);
        Workspace large = Workspace.on(storage)) {
      addCreation(report, storage, fill(small, few), fill(large, many));
      addReading(report, large);
      report.add(Result.of("heap kept at " + many, "MB", new Samples(List.of(heap(large)))));
    }
    options.publish(report);
    return 0;
  }

  private static Branch fill(Workspace workspace, int branches) {
    Branch parent = workspace.createParent(DATABASE, PARENT_BYTES);
    // The main branch is one of them.
    for (int i = 1; i < branches; i++) {
      parent.branch().fast().create().stop();
    }
    return parent;
  }

  private void addCreation(Report report, StorageFolder storage, Branch small, Branch large)
      throws Exception {
    String amongFew = storage.name() + " create at " + few;
    String amongMany = storage.name() + " create at " + many;
    Map<String, Samples> samples =
        new Alternation()
            .add(amongFew, new ColdCreation(() -> small.branch().fast()))
            .add(amongMany, new ColdCreation(() -> large.branch().fast()))
            .run(options.warmUp, options.rounds);
    report.add(Result.of(amongFew, samples.get(amongFew)));
    report.add(Result.of(amongMany, samples.get(amongMany), amongFew, samples.get(amongFew)));
  }

  private void addReading(Report report, Workspace large) throws Exception {
    Map<String, Samples> samples =
        new Alternation()
            .add("list all at " + many, () -> list(large.bpg()::listBranches))
            .add("list a database at " + many, () -> list(() -> large.bpg().listBranches(DATABASE)))
            .add("open at " + many, () -> open(large))
            .run(options.warmUp, options.rounds);
    samples.forEach((what, times) -> report.add(Result.of(what, times)));
  }

  private double list(Supplier<List<Branch>> listing) {
    long start = System.nanoTime();
    int found = listing.get().size();
    double millis = Timed.millisSince(start);
    if (found != many) {
      throw new IllegalStateException(found + " branches are listed of " + many);
    }
    return millis;
  }

  private static double open(Workspace workspace) {
    long start = System.nanoTime();
    try (Bpg bpg = Bpg.open(workspace.config())) {
      return Timed.millisSince(start);
    }
  }

  // What one more opened home holds on to. Everything that is loaded once has been by now.
  private static double heap(Workspace workspace) {
    long before = usedHeap();
    try (Bpg bpg = Bpg.open(workspace.config())) {
      bpg.getBranch(DATABASE + "/main").branch().fast().create().delete();
      bpg.listBranches();
      return (usedHeap() - before) / 1e6;
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
