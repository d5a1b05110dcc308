package dev.bpg.config;

import dev.bpg.model.BranchName;
import dev.bpg.model.Tls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All keys, in their dotted form: those with fixed names, and those with a name in them. */
final class ConfigKeys {

  private static final String SETTINGS = "settings.";
  private static final String DATABASES = "databases.";
  private static final String ENVIRONMENT = "docker.environment.";
  private static final String SCRIPTS_HINT =
      "use paths of SQL files, separated by commas: absolute, beginning with ~/, or relative to the"
          + " file's folder";
  private static final String SETTING_HINT = "use a single value, as postgresql.conf has it";

  private static final String OF_DATABASE =
      "%1$s.version, %1$s.image, %1$s.settings.<name>, %1$s.zfs.recordsize, %1$s.zfs.compression,"
          + " %1$s.zfs.atime, %1$s.tls.type, %1$s.tls.certificate, %1$s.tls.key, %1$s.tls.ca,"
          + " %1$s.archive.enabled, %1$s.archive.compression, %1$s.archive.timeout,"
          + " %1$s.afterClone";

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
    if (key.startsWith(ENVIRONMENT)) {
      String name = key.substring(ENVIRONMENT.length());
      return Optional.of(
          new ConfigTarget(
              DockerConfig.VARIABLE_HINT,
              (to, value) -> to.docker(to.docker.withEnvironment(name, value.text()))));
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
    if (rest.equals("image")) {
      return Optional.of(
          new ConfigTarget(
              DockerConfig.IMAGE_HINT,
              (to, value) ->
                  to.database(database, to.databaseSoFar(database).withImage(value.text()))));
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
    if (rest.equals("afterClone")) {
      return Optional.of(
          new ConfigTarget(
              SCRIPTS_HINT,
              (to, value) ->
                  to.database(database, to.databaseSoFar(database).withAfterClone(value.paths()))));
    }
    return TlsKeys.property(rest)
        .map(
            property ->
                ofDatabase(
                    database,
                    property.hint(),
                    (sofar, value) ->
                        sofar.withTls(
                            property.setter().apply(sofar.tls().orElse(Tls.off()), value))))
        .or(() -> zfsOfDatabase(database, rest))
        .or(() -> archiveOfDatabase(database, rest));
  }

  private static Optional<ConfigTarget> archiveOfDatabase(String database, String rest) {
    return ArchiveKeys.property(rest)
        .map(
            property ->
                ofDatabase(
                    database,
                    property.hint(),
                    (sofar, value) ->
                        sofar.withArchive(property.setter().apply(sofar.archive(), value))));
  }

  private static Optional<ConfigTarget> zfsOfDatabase(String database, String rest) {
    return ZfsKeys.property(rest)
        .map(
            property ->
                ofDatabase(
                    database,
                    property.hint(),
                    (sofar, value) -> sofar.withZfs(property.setter().apply(sofar.zfs(), value))));
  }

  private static ConfigTarget ofDatabase(
      String database,
      String hint,
      BiFunction<DatabaseConfig, ConfigValue, DatabaseConfig> change) {
    return new ConfigTarget(
        hint,
        (to, value) -> to.database(database, change.apply(to.databaseSoFar(database), value)));
  }

  /** Whether keys begin with this one and a dot. */
  static boolean isSection(String key) {
    return key.startsWith(SETTINGS)
        || key.matches(
            "settings|docker\\.environment|databases|databases\\.[^.]+(\\.zfs|\\.tls|\\.archive|\\.settings(\\..+)?)?")
        || ConfigKey.of(key).isEmpty()
            && Arrays.stream(ConfigKey.values()).anyMatch(k -> k.key().startsWith(key + "."));
  }

  /** What can be written below a section. */
  static String below(String section) {
    if (section.equals("databases")) {
      return OF_DATABASE.formatted("databases.<name>");
    }
    if (section.matches("databases\\.[^.]+")) {
      return OF_DATABASE.formatted(section);
    }
    if (section.matches("databases\\.[^.]+\\.tls")) {
      return "%1$s.type, %1$s.certificate, %1$s.key, %1$s.ca".formatted(section);
    }
    if (section.matches("databases\\.[^.]+\\.zfs")) {
      return "%1$s.recordsize, %1$s.compression, %1$s.atime".formatted(section);
    }
    if (section.matches("databases\\.[^.]+\\.archive")) {
      return "%1$s.enabled, %1$s.compression, %1$s.timeout".formatted(section);
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
                + ", docker.environment.<NAME>, settings.<name>, "
                + OF_DATABASE.formatted("databases.<name>"));
  }

  // Names within a key are taken over from the unknown one, so that only its fixed part counts.
  private static List<String> candidates(String unknown) {
    List<String> all = new ArrayList<>();
    Arrays.stream(ConfigKey.values()).map(ConfigKey::key).forEach(all::add);
    Stream.of(
            "storage",
            "zfs",
            "server",
            "process",
            "docker",
            "tls",
            "templates",
            "archive",
            "settings",
            "databases")
        .forEach(all::add);
    String[] parts = unknown.split("\\.", 4);
    if (parts.length > 1) {
      all.add(SETTINGS + unknown.substring(parts[0].length() + 1));
      all.add(DATABASES + parts[1] + ".version");
      all.add(DATABASES + parts[1] + ".image");
      all.add(DATABASES + parts[1] + ".afterClone");
    }
    if (parts.length == 3) {
      all.add(DATABASES + parts[1] + ".settings");
    }
    if (parts.length > 2) {
      ZfsKeys.properties()
          .forEach(property -> all.add(DATABASES + parts[1] + ".zfs." + property.key()));
      TlsKeys.properties()
          .forEach(property -> all.add(DATABASES + parts[1] + ".tls." + property.key()));
      ArchiveKeys.properties()
          .forEach(property -> all.add(DATABASES + parts[1] + ".archive." + property.key()));
    }
    if (parts.length > 3) {
      all.add(DATABASES + parts[1] + ".settings." + parts[3]);
    }
    return all;
  }
}
