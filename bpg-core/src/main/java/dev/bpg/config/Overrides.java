package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Single keys that environment variables and system properties set. */
final class Overrides {

  static final String VARIABLE = "BPG_";
  static final String FILE_VARIABLE = "BPG_CONFIG";
  private static final String SETTING_VARIABLE = "BPG_SETTINGS_";
  private static final String ENVIRONMENT_VARIABLE = "BPG_DOCKER_ENVIRONMENT_";
  private static final String PROPERTY = "bpg.";

  /** Variables that are not keys: the file to read, and what tests of bpg read. */
  private static final Set<String> OTHER_VARIABLES = Set.of(FILE_VARIABLE, "BPG_REQUIRE");

  private static final String TEST_VARIABLES = "BPG_TEST_";

  /** Properties that the JUnit extension reads. */
  private static final String JUNIT_PROPERTIES = "bpg.junit.";

  private Overrides() {}

  /**
   * What variables set.
   *
   * @throws RefusedException if one begins with {@code BPG_} and is no key
   */
  static List<ConfigEntry> variables(Environment environment) {
    List<ConfigEntry> entries = new ArrayList<>();
    environment
        .variables()
        .forEach(
            (name, value) -> {
              if (name.startsWith(VARIABLE)
                  && !name.startsWith(TEST_VARIABLES)
                  && !OTHER_VARIABLES.contains(name)) {
                entries.add(variable(name, value, environment));
              }
            });
    return entries;
  }

  /** What properties set; whether there are such keys is for the reader of the entry. */
  static List<ConfigEntry> properties(Environment environment) {
    List<ConfigEntry> entries = new ArrayList<>();
    environment
        .properties()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PROPERTY) && !name.startsWith(JUNIT_PROPERTIES)) {
                entries.add(property(name, value, environment));
              }
            });
    return entries;
  }

  /** What sets the home folder of a configuration that does not name one. */
  static Optional<ConfigEntry> home(Environment environment) {
    String property = PROPERTY + ConfigKey.HOME.key();
    String variable = ConfigKey.HOME.variable();
    Map<String, String> variables = environment.variables();
    return Optional.ofNullable(environment.properties().get(property))
        .map(value -> property(property, value, environment))
        .or(
            () ->
                Optional.ofNullable(variables.get(variable))
                    .map(value -> variable(variable, value, environment)));
  }

  private static ConfigEntry property(String name, String value, Environment environment) {
    String key = name.substring(PROPERTY.length());
    return new ConfigEntry(key, value, "in property " + name, environment.workingFolder());
  }

  private static ConfigEntry variable(String name, String value, Environment environment) {
    String key = keyOf(name);
    return new ConfigEntry(key, value, "in variable " + name, environment.workingFolder());
  }

  private static String keyOf(String variable) {
    if (variable.startsWith(ENVIRONMENT_VARIABLE)) {
      return "docker.environment." + variable.substring(ENVIRONMENT_VARIABLE.length());
    }
    if (variable.startsWith(SETTING_VARIABLE)) {
      return "settings." + variable.substring(SETTING_VARIABLE.length()).toLowerCase(Locale.ROOT);
    }
    return Arrays.stream(ConfigKey.values())
        .filter(key -> key.variable().equals(variable))
        .findFirst()
        .map(ConfigKey::key)
        .orElseThrow(() -> unknown(variable));
  }

  private static RefusedException unknown(String variable) {
    List<String> known = Arrays.stream(ConfigKey.values()).map(ConfigKey::variable).toList();
    String hint =
        Nearest.to(variable, known)
            .map(near -> "did you mean " + near + "?")
            .orElse(
                "use one of "
                    + String.join(", ", known)
                    + ", BPG_DOCKER_ENVIRONMENT_<NAME>, BPG_SETTINGS_<NAME>");
    return new RefusedException(
        "read configuration variable", variable, "no key has this variable", hint);
  }
}
