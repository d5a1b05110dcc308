package dev.bpg.config;

import dev.bpg.model.BranchName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All keys, in their dotted form: those with fixed names, and those with a name in them. */
final class ConfigKeys {

  private static final String SETTINGS = "settings.";
  private static final String DATABASES = "databases.";
  private static final String SETTING_HINT = "use a single value, as postgresql.conf has it";

  private ConfigKeys() {}

  /**
   * Where a key's value goes; empty if there is no such key.
   *
   * @throws dev.bpg.error.RefusedException if the key has a database's name that breaks the rule
   */
  static Optional<ConfigTarget> find(String key) {
    if (key.startsWith(SETTINGS)) {
      String name = key.substring(SETTINGS.length());
      return Optional.of(
          new ConfigTarget(SETTING_HINT, (to, value) -> to.setting(name, value.text())));
    }
    if (key.startsWith(DATABASES)) {
      return ofDatabase(key.substring(DATABASES.length()).split("\\.", 2));
    }
    return ConfigKey.of(key).map(ConfigKey::target);
  }

  private static Optional<ConfigTarget> ofDatabase(String[] nameAndRest) {
    String database = BranchName.main(nameAndRest[0]).database();
    String rest = nameAndRest.length > 1 ? nameAndRest[1] : "";
    if (rest.equals("version")) {
      return Optional.of(
          new ConfigTarget(
              MajorVersion.HINT,
              (to, value) ->
                  to.database(
                      database, to.databaseSoFar(database).withVersion(value.wholeNumber()))));
    }
    if (rest.startsWith(SETTINGS)) {
      String name = rest.substring(SETTINGS.length());
      return Optional.of(
          new ConfigTarget(
              SETTING_HINT,
              (to, value) ->
                  to.database(
                      database, to.databaseSoFar(database).withSetting(name, value.text()))));
    }
    return Optional.empty();
  }

  /** Whether keys begin with this one and a dot. */
  static boolean isSection(String key) {
    return key.startsWith(SETTINGS)
        || key.matches("settings|databases|databases\\.[^.]+(\\.settings(\\..+)?)?")
        || ConfigKey.of(key).isEmpty()
            && Arrays.stream(ConfigKey.values()).anyMatch(k -> k.key().startsWith(key + "."));
  }

  /** What can be written below a section. */
  static String below(String section) {
    if (section.equals("databases")) {
      return "databases.<name>.version, databases.<name>.settings.<name>";
    }
    if (section.matches("databases\\.[^.]+")) {
      return section + ".version, " + section + ".settings.<name>";
    }
    String fixed =
        Arrays.stream(ConfigKey.values())
            .map(ConfigKey::key)
            .filter(key -> key.startsWith(section + "."))
            .collect(Collectors.joining(", "));
    return fixed.isEmpty() ? section + ".<name>" : fixed;
  }

  /** One action for someone who wrote a key that does not exist. */
  static String hint(String unknown) {
    return Nearest.to(unknown, candidates(unknown))
        .map(near -> "did you mean " + near + "?")
        .orElse(
            "use one of "
                + Arrays.stream(ConfigKey.values())
                    .map(ConfigKey::key)
                    .collect(Collectors.joining(", "))
                + ", settings.<name>, databases.<name>.version, databases.<name>.settings.<name>");
  }

  // Names within a key are taken over from the unknown one, so that only its fixed part counts.
  private static List<String> candidates(String unknown) {
    List<String> all = new ArrayList<>();
    Arrays.stream(ConfigKey.values()).map(ConfigKey::key).forEach(all::add);
    Stream.of("storage", "server", "process", "settings", "databases").forEach(all::add);
    String[] parts = unknown.split("\\.", 4);
    if (parts.length > 1) {
      all.add(SETTINGS + unknown.substring(parts[0].length() + 1));
      all.add(DATABASES + parts[1] + ".version");
    }
    if (parts.length == 3) {
      all.add(DATABASES + parts[1] + ".settings");
    }
    if (parts.length > 3) {
      all.add(DATABASES + parts[1] + ".settings." + parts[3]);
    }
    return all;
  }
}
