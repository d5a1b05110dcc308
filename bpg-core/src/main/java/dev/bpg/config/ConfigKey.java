package dev.bpg.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The keys with a fixed name. The name of a constant behind {@code BPG_} is the key's environment
 * variable.
 */
enum ConfigKey {
  HOME("home", Hint.PATH, (to, value) -> to.home(value.path())),
  STORAGE_TYPE(
      "storage.type",
      "use auto, copy, reflink or btrfs",
      (to, value) -> to.storage(value.oneOf(StorageType.class))),
  STORAGE_PATH("storage.path", Hint.PATH, (to, value) -> to.storagePath(value.path())),
  SERVER_TYPE(
      "server.type",
      "use auto or process",
      (to, value) -> to.server(value.oneOf(ServerType.class))),
  SERVER_START_TIMEOUT(
      "server.startTimeout", Timeouts.HINT, (to, value) -> to.startTimeout(value.duration())),
  SERVER_STOP_TIMEOUT(
      "server.stopTimeout", Timeouts.HINT, (to, value) -> to.stopTimeout(value.duration())),
  PROCESS_BINARIES("process.binaries", Hint.PATH, (to, value) -> to.processBinaries(value.path())),
  PROCESS_USER(
      "process.user", BpgConfigBuilder.USER_HINT, (to, value) -> to.processUser(value.text())),
  PROCESS_CACHE("process.cache", Hint.PATH, (to, value) -> to.processCache(value.path())),
  VERSION("version", MajorVersion.HINT, (to, value) -> to.version(value.wholeNumber()));

  private final String key;
  private final ConfigTarget target;

  ConfigKey(String key, String hint, BiConsumer<BpgConfigBuilder, ConfigValue> setter) {
    this.key = key;
    this.target = new ConfigTarget(hint, setter);
  }

  /** The name in its dotted form. */
  String key() {
    return key;
  }

  ConfigTarget target() {
    return target;
  }

  String variable() {
    return Overrides.VARIABLE + name();
  }

  static Optional<ConfigKey> of(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
  }

  // The constants of an enum are made before its own static fields.
  private static final class Hint {
    static final String PATH =
        "use a path: absolute, beginning with ~/, or relative to the file's folder";
  }
}
