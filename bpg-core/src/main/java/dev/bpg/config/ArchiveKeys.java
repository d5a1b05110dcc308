package dev.bpg.config;

import dev.bpg.model.WalCompression;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The rules for what is said of WAL archives. */
final class ArchiveKeys {

  static final Property ENABLED =
      new Property(
          "enabled", "use on or off", (archive, value) -> archive.withEnabled(value.onOrOff()));
  static final Property COMPRESSION =
      new Property(
          "compression",
          "use none, gzip or zstd",
          (archive, value) -> archive.withCompression(value.oneOf(WalCompression.class)));
  static final Property TIMEOUT =
      new Property(
          "timeout",
          ArchiveConfig.TIMEOUT_HINT,
          (archive, value) -> archive.withTimeout(value.duration()));

  /**
   * A key that one database may have too.
   *
   * @param key its last part
   * @param hint what it allows
   * @param setter puts a value into what is said
   */
  record Property(
      String key, String hint, BiFunction<ArchiveConfig, ConfigValue, ArchiveConfig> setter) {}

  private ArchiveKeys() {}

  static List<Property> properties() {
    return List.of(ENABLED, COMPRESSION, TIMEOUT);
  }

  /** The property of a key such as {@code archive.enabled}. */
  static Optional<Property> property(String key) {
    return properties().stream()
        .filter(property -> key.equals("archive." + property.key()))
        .findFirst();
  }
}
