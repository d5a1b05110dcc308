package dev.bpg.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of one run, as a table for people and as JSON for programs. */
public final class Report {

  private final String title;
  private final List<Result> results = new ArrayList<>();

  /** An empty report. */
  public Report(String title) {
    this.title = title;
  }

  /** Adds a line. */
  public void add(Result result) {
    results.add(result);
  }

  /** The table, with its title and the machine above it. */
  public String table() {
    Table table = new Table().add(List.of("", "median", "p95", "p99", "n", "ratio", "95 %", "to"));
    results.forEach(result -> table.add(cells(result)));
    return title + "\n" + Machine.description() + "\n\n" + table;
  }

  private static List<String> cells(Result result) {
    return List.of(
        result.what(),
        number(result.samples().median()) + " " + result.unit(),
        number(result.samples().p95()) + " " + result.unit(),
        number(result.samples().p99()) + " " + result.unit(),
        String.valueOf(result.samples().values().size()),
        result.ratio().map(ratio -> number(ratio.value())).orElse(""),
        result.ratio().map(ratio -> number(ratio.low()) + "-" + number(ratio.high())).orElse(""),
        result.against().orElse(""));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /** Writes everything, each single measurement included, to a file. */
  public void writeJson(Path file) throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(
            file.toFile(),
            Map.of(
                "title", title,
                "at", Instant.now().toString(),
                "machine", Machine.description(),
                "results", results.stream().map(Report::json).toList()));
  }

  private static Map<String, Object> json(Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", result.what());
    json.put("unit", result.unit());
    json.put("median", result.samples().median());
    json.put("p95", result.samples().p95());
    json.put("p99", result.samples().p99());
    result.against().ifPresent(against -> json.put("against", against));
    result.ratio().ifPresent(ratio -> json.put("ratio", ratio));
    json.put("samples", result.samples().values());
    return json;
  }
}
