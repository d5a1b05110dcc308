package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.Tls;
import dev.bpg.model.VolumeProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is configured for one database. Immutable.
 *
 * @param version the major version of Postgres to make it with, 14 to 18; empty for the newest of
 *     the preferred binaries
 * @param image the image to make it with; empty for the one of {@link DockerConfig}. Needs Docker
 * @param settings the settings of its servers
 * @param zfs how its volumes are laid out on the storage {@code zfs}
 * @param tls whether its servers offer TLS; empty for what is said of all databases
 * @param archive what is said of the archives of its branches
 * @param afterClone absolute paths of SQL scripts that run on each branch of its main branch before
 *     it is handed out, in this order; they are read when the database is made
 */
public record DatabaseConfig(
    OptionalInt version,
    Optional<String> image,
    ServerSettings settings,
    VolumeProperties zfs,
    Optional<Tls> tls,
    ArchiveConfig archive,
    List<Path> afterClone) {

  private static final DatabaseConfig EMPTY =
      new DatabaseConfig(
          OptionalInt.empty(),
          Optional.empty(),
          ServerSettings.none(),
          VolumeProperties.none(),
          Optional.empty(),
          ArchiveConfig.none(),
          List.of());

  /**
   * Checks the version and the image.
   *
   * @throws RefusedException if bpg does not run that version, or it is no name of an image
   */
  public DatabaseConfig {
    version.ifPresent(MajorVersion::check);
    image.ifPresent(DockerConfig::checkImage);
    afterClone = List.copyOf(afterClone);
  }

  /** Nothing configured. */
  public static DatabaseConfig empty() {
    return EMPTY;
  }

  /**
   * The same with another major version.
   *
   * @throws RefusedException if bpg does not run that version
   */
  public DatabaseConfig withVersion(int major) {
    return new DatabaseConfig(
        OptionalInt.of(major), image, settings, zfs, tls, archive, afterClone);
  }

  /**
   * The same with another image.
   *
   * @throws RefusedException if it is not the name of an image
   */
  public DatabaseConfig withImage(String name) {
    return new DatabaseConfig(version, Optional.of(name), settings, zfs, tls, archive, afterClone);
  }

  /**
   * The same with one more server setting, which replaces an earlier one of that name.
   *
   * @throws RefusedException as {@link ServerSettings#with} says
   */
  public DatabaseConfig withSetting(String name, String value) {
    return new DatabaseConfig(
        version, image, settings.with(name, value), zfs, tls, archive, afterClone);
  }

  /** The same with volumes laid out like this on the storage {@code zfs}. */
  public DatabaseConfig withZfs(VolumeProperties properties) {
    return new DatabaseConfig(version, image, settings, properties, tls, archive, afterClone);
  }

  /** The same with this said of TLS. */
  public DatabaseConfig withTls(Tls choice) {
    return new DatabaseConfig(
        version, image, settings, zfs, Optional.of(choice), archive, afterClone);
  }

  /** The same with this said of archives. */
  public DatabaseConfig withArchive(ArchiveConfig choice) {
    return new DatabaseConfig(version, image, settings, zfs, tls, choice, afterClone);
  }

  /** The same with these scripts, relative to the working folder if they are not absolute. */
  public DatabaseConfig withAfterClone(List<Path> scripts) {
    return new DatabaseConfig(
        version,
        image,
        settings,
        zfs,
        tls,
        archive,
        scripts.stream().map(script -> script.toAbsolutePath().normalize()).toList());
  }
}
