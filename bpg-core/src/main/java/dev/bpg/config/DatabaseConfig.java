package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.ServerSettings;
import java.util.OptionalInt;

/**
 * What is configured for one database. Immutable.
 *
 * @param version the major version of Postgres to make it with, 14 to 18; empty for the newest of
 *     the preferred binaries
 * @param settings the settings of its servers
 */
public record DatabaseConfig(OptionalInt version, ServerSettings settings) {

  private static final DatabaseConfig EMPTY =
      new DatabaseConfig(OptionalInt.empty(), ServerSettings.none());

  /**
   * Checks the version.
   *
   * @throws RefusedException if bpg does not run that version
   */
  public DatabaseConfig {
    version.ifPresent(MajorVersion::check);
  }

  /** Nothing configured: no version, no settings. */
  public static DatabaseConfig empty() {
    return EMPTY;
  }

  /**
   * The same with another major version.
   *
   * @throws RefusedException if bpg does not run that version
   */
  public DatabaseConfig withVersion(int major) {
    return new DatabaseConfig(OptionalInt.of(major), settings);
  }

  /**
   * The same with one more server setting, which replaces an earlier one of that name.
   *
   * @throws RefusedException as {@link ServerSettings#with} says
   */
  public DatabaseConfig withSetting(String name, String value) {
    return new DatabaseConfig(version, settings.with(name, value));
  }
}
