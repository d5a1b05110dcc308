package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures listings of many snapshots, in whatever heap this JVM has. One snapshot is real; the
 * others are copies of its record under ids of their own.
 */
@Command(name = "ManySnapshots", mixinStandardHelpOptions = true)
public final class ManySnapshots implements Callable<Integer> {

  private static final long PARENT_BYTES = 1_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--snapshots", description = "how many there are (default: ${DEFAULT-VALUE})")
  private int snapshots = 10_000;

  private ManySnapshots() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ManySnapshots()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    Report report = new Report(snapshots + " snapshots, a heap of " + heap + " MiB");
    try (Workspace workspace = Workspace.on(options.storages().get(0))) {
      Branch main = workspace.createParent("api", PARENT_BYTES);
      Path record = recordOf(workspace, main.snapshot("nightly"));
      List<Path> copies = copy(record);
      Bpg bpg = workspace.bpg();
      new Alternation()
          .add("list all", () -> list(() -> bpg.listSnapshots()))
          .add("list a branch's", () -> list(main::snapshots))
          .add("dry run of a cleanup", () -> time(() -> dryRun(bpg)))
          .run(options.warmUp, options.rounds)
          .forEach((what, times) -> report.add(Result.of(what, times)));
      for (Path copy : copies) {
        Files.delete(copy);
      }
    }
    options.publish(report);
    return 0;
  }

  private static Path recordOf(Workspace workspace, Snapshot snapshot) throws IOException {
    try (Stream<Path> files = Files.walk(workspace.config().home())) {
      return files
          .filter(file -> file.getFileName().toString().equals(snapshot.id() + ".json"))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<Path> copy(Path record) throws IOException {
    String id = record.getFileName().toString().replace(".json", "");
    String text = Files.readString(record);
    Stream.Builder<Path> copies = Stream.builder();
    for (int i = 1; i < snapshots; i++) {
      String other = BranchId.random().value();
      copies.add(
          Files.writeString(record.resolveSibling(other + ".json"), text.replace(id, other)));
    }
    return copies.build().toList();
  }

  private int dryRun(Bpg bpg) {
    return bpg.cleanUpSnapshots().olderThan(Duration.ZERO).dryRun().size();
  }

  private double list(Callable<List<Snapshot>> listing) throws Exception {
    return time(() -> listing.call().size());
  }

  private double time(Callable<Integer> counting) throws Exception {
    long start = System.nanoTime();
    int found = counting.call();
    double millis = Timed.millisSince(start);
    if (found != snapshots) {
      throw new IllegalStateException(found + " snapshots are found of " + snapshots);
    }
    return millis;
  }
}
