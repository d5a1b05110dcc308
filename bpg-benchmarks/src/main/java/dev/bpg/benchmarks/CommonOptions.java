package dev.bpg.benchmarks;

import dev.bpg.benchmarks.measure.Report;
import dev.bpg.config.BpgConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all benchmarks have. */
final class CommonOptions {

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--storage-path",
      paramLabel = "STORAGE=FOLDER",
      description =
          "measure this storage (btrfs, reflink, copy) in this folder; repeatable."
              + " Default: all that work in the home folder")
  Map<String, Path> storagePaths = new LinkedHashMap<>();

  @Option(
      names = "--warm-up",
      paramLabel = "ROUNDS",
      description = "rounds that do not count (default: ${DEFAULT-VALUE})")
  int warmUp = 10;

  @Option(
      names = "--rounds",
      paramLabel = "ROUNDS",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  int rounds = 30;

  @Option(names = "--json", paramLabel = "FILE", description = "write all measurements there")
  @Nullable Path json;

  /** What to measure. */
  List<StorageFolder> storages() throws IOException {
    return storagePaths.isEmpty()
        ? StorageFolder.all(Files.createDirectories(BpgConfig.load().home()))
        : StorageFolder.of(storagePaths);
  }

  /** Says how far a long measurement is. */
  void say(String what) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println(what);
    err.flush();
  }

  /** Shows a report, and writes it to the file if there is one. */
  void publish(Report report) throws IOException {
    publish(report, "");
  }

  /** The same for one of several reports, whose file's name ends with something of its own. */
  void publish(Report report, String suffix) throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(report.table());
    out.flush();
    if (json != null) {
      String name = json.getFileName().toString().replaceFirst("(\\.json)?$", suffix + "$1");
      report.writeJson(json.resolveSibling(name));
    }
  }
}
