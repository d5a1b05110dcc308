package dev.bpg.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarksTest {

  @TempDir private Path results;
  private Path folder;

  // Servers of root run as another user, who cannot get into JUnit's folders.
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg benchmarks ");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    Files.delete(folder);
  }

  @Test
  void coldBranchComparesEachModeWithTheFloor() throws IOException {
    List<JsonNode> lines = run(ColdBranch.class, "--sizes", "1MB");

    assertThat(lines)
        .extracting(line -> line.get("what").asText())
        .containsExactly("copy 1MB floor", "copy 1MB fast", "copy 1MB consistent");
    assertThat(lines.get(1).get("against").asText()).isEqualTo("copy 1MB floor");
    assertThat(lines.get(1).get("ratio").get("value").asDouble()).isPositive();
    assertThat(lines.get(1).get("samples")).hasSize(2);
  }

  @Test
  void concurrencyMeasuresThreadsAndJvms() throws IOException {
    assertThat(run(Concurrency.class, "--branches", "2"))
        .extracting(line -> line.get("what").asText())
        .containsExactly(
            "copy, 2 threads: each",
            "copy, 2 threads: until the last one",
            "copy, 2 JVMs: each",
            "copy, 2 JVMs: until the last one");
  }

  @Test
  void catalogComparesManyBranchesWithFew() throws IOException {
    assertThat(run(Catalog500.class, "--few", "2", "--many", "3"))
        .extracting(line -> line.get("what").asText())
        .containsExactly(
            "copy create at 2",
            "copy create at 3",
            "list all at 3",
            "list a database at 3",
            "open at 3",
            "heap kept at 3");
  }

  private List<JsonNode> run(Class<?> benchmark, String... options) throws IOException {
    Path json = results.resolve("results.json");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--storage-path", "copy=" + folder, "--warm-up", "0"));
    arguments.addAll(List.of("--rounds", "2", "--json", json.toString()));
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(benchmark)
            .setOut(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    assertThat(status).isZero();
    List<JsonNode> lines = new ArrayList<>();
    new ObjectMapper().readTree(json.toFile()).get("results").forEach(lines::add);
    lines.forEach(line -> assertThat(out.toString()).contains(line.get("what").asText()));
    return lines;
  }
}
