package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guides quote that is not Java: recipes, messages, parameters, links. */
class GuidesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final List<String> GUIDES =
      List.of(
          "from-testcontainers.md",
          "from-zonky.md",
          "from-rollback.md",
          "parallel-tests.md",
          "ci.md",
          "troubleshooting.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)\n```");
  private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern PARAMETER = Pattern.compile("bpg\\.junit\\.[a-zA-Z.]*[a-zA-Z]");
  private static final Pattern VARIABLE = Pattern.compile("\\bBPG_[A-Z_]+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z0-9-]+\\.md)(?:#([^)]+))?\\)");

  @Test
  void eachRecipeIsYamlThatRunsATestCommand() throws IOException {
    List<JsonNode> recipes = new ArrayList<>();
    for (String text : found(YAML, text("ci.md"))) {
      recipes.add(new YAMLMapper().readTree(text));
    }
    assertThat(recipes).hasSize(6);
    for (JsonNode recipe : recipes) {
      JsonNode job = recipe.has("jobs") ? recipe.at("/jobs/test") : recipe.get("test");
      List<String> commands = new ArrayList<>();
      job.path("steps").forEach(step -> commands.add(step.path("run").asText()));
      job.path("script").forEach(command -> commands.add(command.asText()));
      assertThat(commands).last().isEqualTo("mvn -B verify");
      assertThat(job.has("env") ? job.at("/env/BPG_REQUIRE") : job.at("/variables/BPG_REQUIRE"))
          .hasToString("\"true\"");
    }
  }

  @Test
  void eachMessageIsOneThatTheCodePrints() throws IOException {
    String printed = literals();
    List<String> unknown = new ArrayList<>();
    for (String message : found(MESSAGE, text("troubleshooting.md"))) {
      Arrays.stream(message.split("…"))
          .map(part -> part.replace("\"", "\\\"").strip())
          .filter(part -> part.length() > 2 && !printed.contains(part))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void eachParameterAndVariableExists() throws IOException {
    String parameters =
        Files.readString(
            ROOT.resolve("bpg-junit5/src/main/java/dev/bpg/junit5/RunParameters.java"));
    String keys =
        Files.readString(ROOT.resolve("bpg-core/src/main/java/dev/bpg/config/ConfigKey.java"));
    for (String guide : GUIDES) {
      for (String parameter : found(PARAMETER, text(guide))) {
        assertThat(parameters).as(guide).contains("\"" + parameter + "\"");
      }
      for (String variable : found(VARIABLE, text(guide))) {
        assertThat("  REQUIRE(" + keys)
            .as(guide)
            .containsPattern("  " + variable.substring("BPG_".length()) + "\\b");
      }
    }
  }

  @Test
  void eachLinkLeadsToAHeading() throws IOException {
    for (String guide : GUIDES) {
      for (MatchResult link : LINK.matcher(text(guide)).results().toList()) {
        assertThat(DOCS.resolve(link.group(1))).as(guide).exists();
        if (link.group(2) != null) {
          assertThat(anchors(link.group(1))).as(guide).contains(link.group(2));
        }
      }
    }
  }

  @Test
  void theReadmeNamesEachGuide() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(GUIDES).allSatisfy(guide -> assertThat(readme).contains("(docs/" + guide + ")"));
  }

  private static String text(String guide) throws IOException {
    return Files.readString(DOCS.resolve(guide));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(match.groupCount()))
        .distinct()
        .toList();
  }

  // As GitHub makes them: https://docs.github.com/get-started/writing-on-github
  private static List<String> anchors(String guide) throws IOException {
    return text(guide)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase())
        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  /** The text of all sources, with literals that were broken into lines put together. */
  private static String literals() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("bpg-core", "bpg-junit5")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          try (Stream<String> lines = Files.lines(file)) {
            all.append(lines.map(String::strip).collect(Collectors.joining("")));
          }
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+ \"", "");
  }
}
