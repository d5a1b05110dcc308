package dev.bpg.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads YAML as a stream, so that each value keeps its line and its exact text ({@code 0600},
 * {@code off}). Keys are joined by dots, so {@code storage.type: copy} is the same as the nested
 * form.
 */
final class YamlReader {

  private final Path file;
  private final Path base;
  private final YAMLParser parser;
  private final List<ConfigEntry> entries = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  private YamlReader(Path file, YAMLParser parser) {
    this.file = file;
    this.base = file.toAbsolutePath().getParent();
    this.parser = parser;
  }

  /**
   * Reads a document whose text is at hand.
   *
   * @param file where the text is from, for messages and as the base of relative paths
   * @throws RefusedException if it is not YAML, has a key twice, or has a value of a wrong kind
   */
  static List<ConfigEntry> read(Path file, String text) throws IOException {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      return new YamlReader(file, parser).document();
    } catch (JsonProcessingException e) {
      throw notYaml(file, e);
    }
  }

  private List<ConfigEntry> document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (first != JsonToken.START_OBJECT) {
      throw refused("it is not a mapping", "write one key and its value on each line");
    }
    mapping("");
    if (parser.nextToken() != null) {
      throw refused("it has a second document", "keep one document, without a line of ---");
    }
    return List.copyOf(entries);
  }

  private void mapping(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      int line = line();
      checkFirst(key, line);
      value(key, line, parser.nextToken());
    }
  }

  private void value(String key, int line, JsonToken token) throws IOException {
    String origin = origin(line);
    if (token == JsonToken.START_OBJECT) {
      checkSection(key, origin);
      mapping(key + ".");
    } else if (token == JsonToken.START_ARRAY) {
      throw wrongKind(key, origin, "it must not be a list");
    } else if (parser.isCurrentAlias()) {
      throw wrongKind(key, origin, "it must not be an alias of another value");
    } else if (token != JsonToken.VALUE_NULL) {
      entries.add(new ConfigEntry(key, parser.getText(), origin, base));
    } else if (target(key, origin).isPresent() || !ConfigKeys.isSection(key)) {
      throw wrongKind(key, origin, "it has no value");
    }
  }

  private void checkSection(String key, String origin) {
    target(key, origin); // a database's name is checked even if nothing is below it
    if (!ConfigKeys.isSection(key)) {
      throw wrongKind(key, origin, "it must be a single value, not a mapping");
    }
  }

  // Names of settings differ in case only where they are the same setting.
  private void checkFirst(String key, int line) {
    boolean setting = key.startsWith("settings.") || key.contains(".settings.");
    Integer before = lines.put(setting ? key.toLowerCase(Locale.ROOT) : key, line);
    if (before != null) {
      throw ConfigEntry.refused(
          key, origin(line), "it is already in line " + before, "keep one of the two", null);
    }
  }

  private static RefusedException wrongKind(String key, String origin, String reason) {
    Optional<ConfigTarget> target = target(key, origin);
    if (target.isPresent()) {
      return ConfigEntry.refused(key, origin, reason, target.get().hint(), null);
    }
    return ConfigKeys.isSection(key)
        ? ConfigEntry.refused(key, origin, reason, "nest its keys: " + ConfigKeys.below(key), null)
        : ConfigEntry.unknown(key, origin);
  }

  private static Optional<ConfigTarget> target(String key, String origin) {
    try {
      return ConfigKeys.find(key);
    } catch (RefusedException e) {
      throw ConfigEntry.refused(key, origin, e.reason(), e.hint(), e);
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private String origin(int line) {
    return "in " + file + ", line " + line;
  }

  private RefusedException refused(String reason, String hint) {
    return new RefusedException("read configuration file", file + ", line " + line(), reason, hint);
  }

  // The parser's message also quotes lines of the file and marks columns, indented by a space.
  private static RefusedException notYaml(Path file, JsonProcessingException e) {
    String problem =
        e.getOriginalMessage()
            .lines()
            .filter(text -> !text.isBlank() && !text.startsWith(" "))
            .collect(Collectors.joining(", "));
    String place = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    return new RefusedException(
        "read configuration file",
        file + place,
        "it is not valid YAML: " + problem,
        "correct that line; keys are nested by two spaces",
        e);
  }
}
