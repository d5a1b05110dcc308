package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value as it was found.
 *
 * @param key the key in its dotted form
 * @param text the value
 * @param origin where it was found, for a message: {@code in variable BPG_HOME}
 * @param base what a relative path is relative to; absolute
 */
record ConfigEntry(String key, String text, String origin, Path base) {

  /**
   * Checks the value and puts it into the builder.
   *
   * @throws RefusedException if there is no such key, or the value is not allowed
   */
  void applyTo(BpgConfigBuilder builder, Path userHome) {
    try {
      Optional<ConfigTarget> target = ConfigKeys.find(key);
      if (target.isPresent()) {
        ConfigValue value = new ConfigValue(text, target.get().hint(), base, userHome);
        target.get().setter().accept(builder, value);
        return;
      }
    } catch (RefusedException e) {
      throw refused(key, origin, e.reason(), e.hint(), e);
    }
    if (ConfigKeys.isSection(key)) {
      String hint = "set one of the keys below it: " + ConfigKeys.below(key);
      throw refused(key, origin, "it is a section and has no value of its own", hint, null);
    }
    throw unknown(key, origin);
  }

  static RefusedException unknown(String key, String origin) {
    return refused(key, origin, "there is no such key", ConfigKeys.hint(key), null);
  }

  static RefusedException refused(
      String key, String origin, String reason, String hint, @Nullable Throwable cause) {
    return new RefusedException(
        "read configuration key",
        key.replaceAll("\\p{Cntrl}", "?") + " " + origin,
        reason,
        hint,
        cause);
  }
}
