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
      "use auto, copy, reflink, btrfs or zfs",
      (to, value) -> to.storage(value.oneOf(StorageType.class))),
  STORAGE_PATH("storage.path", Hint.PATH, (to, value) -> to.storagePath(value.path())),
  ZFS_DATASET("zfs.dataset", ZfsKeys.DATASET_HINT, (to, value) -> to.zfsDataset(value.text())),
  ZFS_RECORDSIZE(ZfsKeys.RECORDSIZE),
  ZFS_COMPRESSION(ZfsKeys.COMPRESSION),
  ZFS_ATIME(ZfsKeys.ATIME),
  SERVER_TYPE(
      "server.type",
      "use auto, process or docker",
      (to, value) -> to.server(value.oneOf(ServerType.class))),
  SERVER_START_TIMEOUT(
      "server.startTimeout", Timeouts.HINT, (to, value) -> to.startTimeout(value.duration())),
  SERVER_STOP_TIMEOUT(
      "server.stopTimeout", Timeouts.HINT, (to, value) -> to.stopTimeout(value.duration())),
  PROCESS_BINARIES("process.binaries", Hint.PATH, (to, value) -> to.processBinaries(value.path())),
  PROCESS_USER(
      "process.user", BpgConfigBuilder.USER_HINT, (to, value) -> to.processUser(value.text())),
  PROCESS_CACHE("process.cache", Hint.PATH, (to, value) -> to.processCache(value.path())),
  DOCKER_IMAGE(
      "docker.image",
      DockerConfig.IMAGE_HINT,
      (to, value) -> to.docker(to.docker.withImage(value.text()))),
  DOCKER_NETWORK(
      "docker.network",
      DockerConfig.NETWORK_HINT,
      (to, value) -> to.docker(to.docker.withNetwork(value.text()))),
  DOCKER_MEMORY(
      "docker.memory",
      DockerConfig.SIZE_HINT,
      (to, value) -> to.docker(to.docker.withMemory(value.bytes()))),
  DOCKER_CPUS(
      "docker.cpus",
      DockerConfig.CPUS_HINT,
      (to, value) -> to.docker(to.docker.withCpus(value.number()))),
  DOCKER_SHM_SIZE(
      "docker.shmSize",
      DockerConfig.SIZE_HINT,
      (to, value) -> to.docker(to.docker.withShmSize(value.bytes()))),
  DOCKER_BINDS(
      "docker.binds",
      DockerConfig.BINDS_HINT,
      (to, value) -> to.docker(to.docker.withBinds(value.binds()))),
  TLS_TYPE(TlsKeys.TYPE),
  TLS_CERTIFICATE(TlsKeys.CERTIFICATE),
  TLS_KEY(TlsKeys.KEY),
  TLS_CA(TlsKeys.CA),
  TEMPLATES_UNUSED_FOR(
      "templates.unusedFor",
      TemplateConfig.TIME_HINT,
      (to, value) -> to.templates(to.templates.withUnusedFor(value.duration()))),
  TEMPLATES_MAX_SIZE(
      "templates.maxSize",
      DockerConfig.SIZE_HINT,
      (to, value) -> to.templates(to.templates.withMaxSize(value.bytes()))),
  ARCHIVE_ENABLED(ArchiveKeys.ENABLED),
  ARCHIVE_COMPRESSION(ArchiveKeys.COMPRESSION),
  ARCHIVE_TIMEOUT(ArchiveKeys.TIMEOUT),
  VERSION("version", MajorVersion.HINT, (to, value) -> to.version(value.wholeNumber()));

  private final String key;
  private final ConfigTarget target;

  ConfigKey(String key, String hint, BiConsumer<BpgConfigBuilder, ConfigValue> setter) {
    this.key = key;
    this.target = new ConfigTarget(hint, setter);
  }

  ConfigKey(ZfsKeys.Property property) {
    this(
        "zfs." + property.key(),
        property.hint(),
        (to, value) -> to.zfs(property.setter().apply(to.zfs, value)));
  }

  ConfigKey(TlsKeys.Property property) {
    this(
        "tls." + property.key(),
        property.hint(),
        (to, value) -> to.tls(property.setter().apply(to.tls, value)));
  }

  ConfigKey(ArchiveKeys.Property property) {
    this(
        "archive." + property.key(),
        property.hint(),
        (to, value) -> to.archive(property.setter().apply(to.archive, value)));
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
