package dev.bpg.benchmarks;

import dev.bpg.benchmarks.measure.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how long a new branch takes from the call to its first row, on each storage and in each
 * mode, against the bare floor. The parent runs and has nothing to do.
 */
@Command(name = "ColdBranch", mixinStandardHelpOptions = true)
public final class ColdBranch implements Callable<Integer> {

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(
      names = "--sizes",
      split = ",",
      converter = ByteSize.Converter.class,
      description =
          "sizes of the parent (default: 100MB); all but the first one are for atomic storages only")
  private List<ByteSize> sizes = List.of(new ByteSize("100MB", 100_000_000));

  private ColdBranch() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ColdBranch()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report("Cold branch: from the call to the first row");
    for (StorageFolder storage : options.storages()) {
      List<ByteSize> measured = storage.isAtomic() ? sizes : sizes.subList(0, 1);
      try (ColdBranchRun run = new ColdBranchRun(storage, options.warmUp, options.rounds)) {
        run.addTo(report, measured);
      }
    }
    options.publish(report);
    return 0;
  }
}
