package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.benchmarks.measure.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs a suite whose tests have a branch each, in several processes of several threads, and checks
 * that none sees another's data, that no more servers live than the bound, and that nothing is
 * left.
 */
@Command(name = "ManyForks", mixinStandardHelpOptions = true)
public final class ManyForks implements Callable<Integer> {

  private static final long PARENT_BYTES = 10_000_000;
  private static final long LOOK_EVERY_MILLIS = 200;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--forks", description = "processes (default: ${DEFAULT-VALUE})")
  private int forks = 4;

  @Option(names = "--threads", description = "threads of each (default: ${DEFAULT-VALUE})")
  private int threads = 4;

  @Option(names = "--tests", description = "tests of all (default: ${DEFAULT-VALUE})")
  private int tests = 2000;

  @Option(names = "--servers", description = "the bound of servers (default: ${DEFAULT-VALUE})")
  private int servers = 24;

  private ManyForks() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ManyForks()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    StorageFolder storage = options.storages().get(0);
    Report report =
        new Report(
            tests
                + " tests in "
                + forks
                + " processes of "
                + threads
                + " threads on "
                + storage.name()
                + ", at most "
                + servers
                + " servers");
    try (Workspace workspace = Workspace.on(storage)) {
      Branch main = workspace.createParent("api", PARENT_BYTES);
      main.stop();
      main.snapshot("ready");
      List<Double> lived = new ArrayList<>();
      List<Double> memory = new ArrayList<>();
      long start = System.nanoTime();
      watch(start(workspace, storage), workspace, lived, memory);
      double seconds = Timed.millisSince(start) / 1000;
      report.add(Result.of("all tests", "s", new Samples(List.of(seconds))));
      report.add(Result.of("tests a second", "/s", new Samples(List.of(tests / seconds))));
      report.add(Result.of("servers that live, most", "", new Samples(List.of(most(lived)))));
      report.add(Result.of("their memory, most", "MiB", new Samples(List.of(most(memory)))));
      if (most(lived) > servers) {
        throw new IllegalStateException(most(lived) + " servers live");
      }
      checkNothingIsLeft(workspace);
    }
    options.publish(report);
    return 0;
  }

  private static double most(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  private List<Process> start(Workspace workspace, StorageFolder storage) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < forks; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-classpath",
                  System.getProperty("java.class.path"),
                  ForkedSuite.class.getName(),
                  workspace.config().home().toString(),
                  storage.type().name(),
                  String.valueOf(threads),
                  String.valueOf(tests / forks),
                  String.valueOf(servers))
              .inheritIO()
              .start());
    }
    return processes;
  }

  private static void watch(
      List<Process> processes, Workspace workspace, List<Double> lived, List<Double> memory)
      throws IOException, InterruptedException {
    for (Process process : processes) {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        List<Path> found = postmasters(workspace.config().home());
        lived.add((double) found.size());
        memory.add(memory(workspace.config().home()));
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("a process of tests failed");
      }
    }
  }

  // A server's processes work in its data folder; the first of them has no parent that does.
  private static List<Path> postmasters(Path home) throws IOException {
    List<Path> all = servers(home);
    return all.stream()
        .filter(process -> all.stream().noneMatch(other -> other.equals(parent(process))))
        .toList();
  }

  private static Path parent(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      return process.resolveSibling(stat.substring(stat.lastIndexOf(')') + 4).split(" ")[0]);
    } catch (IOException e) {
      return process; // It has ended.
    }
  }

  private static List<Path> servers(Path home) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.filter(process -> worksBelow(home, process)).toList();
    }
  }

  private static boolean worksBelow(Path home, Path process) {
    try {
      return process.getFileName().toString().matches("[0-9]+")
          && Files.readSymbolicLink(process.resolve("cwd")).startsWith(home)
          && Files.readString(process.resolve("comm")).startsWith("postgres");
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  private static double memory(Path home) throws IOException {
    long kibibytes = 0;
    for (Path process : servers(home)) {
      try {
        kibibytes +=
            Files.readAllLines(process.resolve("smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      } catch (IOException e) {
        continue; // It has ended.
      }
    }
    return kibibytes / 1024.0;
  }

  private static void checkNothingIsLeft(Workspace workspace) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (workspace.bpg().listBranches().size() > 1
        || !servers(workspace.config().home()).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("left: " + workspace.bpg().listBranches());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
