package dev.bpg.benchmarks;

import dev.bpg.Bpg;
import dev.bpg.Database;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.config.BpgConfig;
import dev.bpg.internal.server.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in which the example suite runs again and again; what one run prepares, the next finds.
 *
 * @param folder the folder
 * @param storage the storage of its branches
 * @param classpath what the suite needs
 * @param classes which test classes
 */
record SuiteJvm(Path folder, StorageFolder storage, String classpath, String classes)
    implements AutoCloseable {

  private static final Pattern RESULT =
      Pattern.compile("(?m)^([0-9]+) tests, ([0-9]+), ([0-9.]+)$");

  /**
   * What a run took, in milliseconds.
   *
   * @param wall from the start of the JVM to its end
   * @param tests the tests, with what gives them their databases
   * @param first from the beginning of the first class to that of its first test
   */
  record Times(double wall, double tests, double first) {}

  /** An empty folder. */
  static SuiteJvm on(StorageFolder storage, String classpath, String classes) throws IOException {
    Path folder = Workspace.newFolderOn(storage);
    Files.createDirectory(folder.resolve("tmp"));
    return new SuiteJvm(folder, storage, classpath, classes);
  }

  /** Runs the suite in a JVM of its own. */
  Times run(String way, String scope, String... properties) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(properties));
    arguments.add("-Dshop.database=" + way);
    arguments.add("-Dshop.scope=" + scope);
    arguments.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    Workspace.properties(config()).forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    arguments.addAll(
        List.of("-classpath", classpath, "dev.bpg.examples.shop.database.SuiteRun", classes));
    ProcessBuilder builder = OtherJvm.builder(arguments);
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    builder.environment().put("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    long start = System.nanoTime();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    double wall = Timed.millisSince(start);
    Matcher result = RESULT.matcher(output);
    if (status != 0 || !result.find()) {
      throw new IllegalStateException("the suite failed: " + output);
    }
    return new Times(
        wall, Double.parseDouble(result.group(2)), Double.parseDouble(result.group(3)));
  }

  private BpgConfig config() {
    return Workspace.config(folder.resolve("home"), storage).build();
  }

  @Override
  public void close() throws IOException {
    try (Bpg bpg = Bpg.open(config())) {
      bpg.listDatabases().forEach(Database::delete);
    }
    FolderTree.delete(folder);
  }
}
