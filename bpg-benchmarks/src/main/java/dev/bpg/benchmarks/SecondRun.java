package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures what the first test of a build waits for its branch, in a JVM of its own each time: in
 * the first run, which prepares the template, and in later ones, which find it. Beside it, the
 * floor: a connection to a server that runs, from as young a JVM.
 */
@Command(name = "SecondRun", mixinStandardHelpOptions = true)
public final class SecondRun implements Callable<Integer> {

  private static final String FLOOR = "connection and row of a running server";
  private static final long PARENT_BYTES = 1_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  private SecondRun() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SecondRun()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    StorageFolder storage = options.storages().get(0);
    Report report = new Report("the first test of a build on " + storage.name());
    try (Workspace workspace = Workspace.on(storage)) {
      Branch server = workspace.createParent("running", PARENT_BYTES);
      String url = server.getJdbcUrl() + "?user=postgres&password=" + server.getPassword();
      Jvm branched = new Jvm(workspace.config().home(), storage, FirstTest.Branched.class, url);
      // Where there is no home, nothing is opened ahead.
      Path none = workspace.newFolder("none").resolve("home");
      Jvm connected = new Jvm(none, storage, FirstTest.Connected.class, url);
      Waited first = branched.run();
      report.add(Result.of("first run, its branch", new Samples(List.of(first.ready()))));
      List<Double> floor = new ArrayList<>();
      List<Double> ready = new ArrayList<>();
      List<Double> row = new ArrayList<>();
      for (int i = 0; i < options.warmUp + options.rounds; i++) {
        Waited least = connected.run();
        Waited later = branched.run();
        if (i >= options.warmUp) {
          floor.add(least.row());
          ready.add(later.ready());
          row.add(later.row());
        }
      }
      Samples least = new Samples(floor);
      report.add(Result.of(FLOOR, least));
      report.add(Result.of("later runs, its branch", new Samples(ready)));
      report.add(Result.of("later runs, its first row", new Samples(row), FLOOR, least));
    }
    options.publish(report);
    return 0;
  }

  private record Waited(double ready, double row) {}

  private record Jvm(Path home, StorageFolder storage, Class<?> testClass, String url) {

    Waited run() throws IOException, InterruptedException {
      Process process =
          OtherJvm.start(
              FirstTest.class, home.toString(), storage.type().name(), testClass.getName(), url);
      try (BufferedReader output = process.inputReader()) {
        String line = output.readLine();
        if (line == null || process.waitFor() != 0) {
          throw new IllegalStateException("a test failed");
        }
        String[] waited = line.split(" ");
        return new Waited(Double.parseDouble(waited[0]), Double.parseDouble(waited[1]));
      }
    }
  }
}
