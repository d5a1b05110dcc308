package dev.bpg.benchmarks;

import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the suite of bpg-examples-shop in all its ways, in turns, each time in a JVM of its own:
 * once with nothing prepared, and then as a second build would.
 */
@Command(name = "ExampleSuite", mixinStandardHelpOptions = true)
public final class ExampleSuite implements Callable<Integer> {

  private static final String SHARED = "shared";
  private static final String BRANCH = "branch of each class";

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--classpath", required = true, description = "that of the suite's tests")
  private String classpath = "";

  @Option(names = "--image", description = "for a container of each class; default: without")
  private @Nullable String image;

  @Option(names = "--classes", description = "a regular expression of test classes; default: all")
  private String classes = ".*Test";

  @Option(names = "--ways", description = "a regular expression of ways; default: all")
  private String chosen = ".*";

  private ExampleSuite() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ExampleSuite()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<SuiteJvm> suites = new ArrayList<>();
    try {
      for (StorageFolder storage : options.storages()) {
        suites.add(SuiteJvm.on(storage, classpath, classes));
      }
      measure(suites);
    } finally {
      for (SuiteJvm suite : suites) {
        suite.close();
      }
    }
    return 0;
  }

  private void measure(List<SuiteJvm> suites) throws Exception {
    Map<String, Callable<SuiteJvm.Times>> ways = ways(suites);
    ways.keySet().removeIf(way -> !way.matches(chosen));
    Map<String, List<Double>> first = new LinkedHashMap<>();
    for (Map.Entry<String, Callable<SuiteJvm.Times>> way : ways.entrySet()) {
      first.put(way.getKey(), List.of(run(way.getKey(), way.getValue()).wall()));
    }
    Map<String, List<Double>> tests = new LinkedHashMap<>();
    Map<String, List<Double>> firstTest = new LinkedHashMap<>();
    Alternation turns = new Alternation();
    ways.forEach(
        (name, way) ->
            turns.add(
                name,
                () -> {
                  SuiteJvm.Times times = run(name, way);
                  tests.computeIfAbsent(name, key -> new ArrayList<>()).add(times.tests());
                  firstTest.computeIfAbsent(name, key -> new ArrayList<>()).add(times.first());
                  return times.wall();
                }));
    Map<String, Samples> wall = turns.run(0, options.rounds);
    publish("-first", "first run, nothing prepared: from start to end of the JVM", samples(first));
    publish("", "further runs: from start to end of the JVM", wall);
    publish("-tests", "further runs: the tests alone", samples(tests));
    publish(
        "-first-test",
        "further runs: from the beginning of the first class to that of its first test",
        samples(firstTest));
  }

  private SuiteJvm.Times run(String name, Callable<SuiteJvm.Times> way) throws Exception {
    SuiteJvm.Times times = way.call();
    options.say(
        "%s: %.0f ms, tests %.0f ms, first test after %.0f ms"
            .formatted(name, times.wall(), times.tests(), times.first()));
    return times;
  }

  private Map<String, Callable<SuiteJvm.Times>> ways(List<SuiteJvm> suites) {
    SuiteJvm suite = suites.get(0);
    Map<String, Callable<SuiteJvm.Times>> ways = new LinkedHashMap<>();
    ways.put(SHARED, () -> suite.run("shared", "class"));
    ways.put(BRANCH, () -> suite.run("branch", "class"));
    ways.put("embedded copy for each class", () -> suite.run("embedded", "class"));
    ways.put("branch of each test", () -> suite.run("branch", "method"));
    ways.put("embedded copy for each test", () -> suite.run("embedded", "method"));
    for (SuiteJvm other : suites.subList(1, suites.size())) {
      ways.put(
          "branch of each class, on " + other.storage().name(), () -> other.run("branch", "class"));
    }
    if (image != null) {
      ways.put(
          "container of each class",
          () -> suite.run("container", "class", "-Dshop.image=" + image));
    }
    return ways;
  }

  private static Map<String, Samples> samples(Map<String, List<Double>> values) {
    Map<String, Samples> samples = new LinkedHashMap<>();
    values.forEach((way, list) -> samples.put(way, new Samples(list)));
    return samples;
  }

  private void publish(String file, String title, Map<String, Samples> ways) throws IOException {
    Report report = new Report(title);
    for (String base : List.of(SHARED, BRANCH)) {
      Samples against = ways.get(base);
      ways.forEach(
          (way, samples) -> {
            if (against != null && (base.equals(SHARED) || !way.equals(SHARED))) {
              report.add(Result.of(way, samples, base, against));
            }
          });
    }
    options.publish(report, file);
  }
}
