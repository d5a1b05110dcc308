package dev.bpg.config;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.Tls;
import dev.bpg.model.VolumeProperties;
import dev.bpg.secret.PasswordProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of bpg. Immutable, and so safe for use by several threads.
 *
 * <p>Made in code by {@link #builder()}, or read by {@link #load()}. All paths are absolute.
 */
public final class BpgConfig {

  private final Path home;
  private final StorageType storage;
  private final Path storagePath;
  private final Optional<String> zfsDataset;
  private final VolumeProperties zfs;
  private final ServerType server;
  private final Duration startTimeout;
  private final Duration stopTimeout;
  private final Optional<Path> processBinaries;
  private final Optional<String> processUser;
  private final Path processCache;
  private final OptionalInt version;
  private final ServerSettings settings;
  private final DockerConfig docker;
  private final Map<String, DatabaseConfig> databases;
  private final Tls tls;
  private final TemplateConfig templates;
  private final ArchiveConfig archive;
  private final Optional<PasswordProvider> passwordProvider;
  private final List<String> sources;

  BpgConfig(BpgConfigBuilder from, Path home, Path storagePath, Path processCache) {
    this.home = home;
    this.storage = from.storage;
    this.storagePath = storagePath;
    this.zfsDataset = Optional.ofNullable(from.zfsDataset);
    this.zfs = from.zfs;
    this.server = from.server;
    this.startTimeout = from.startTimeout;
    this.stopTimeout = from.stopTimeout;
    this.processBinaries = Optional.ofNullable(from.processBinaries);
    this.processUser = Optional.ofNullable(from.processUser);
    this.processCache = processCache;
    this.version = from.version;
    this.settings = from.settings;
    this.docker = from.docker;
    this.databases = Map.copyOf(from.databases);
    this.tls = from.tls;
    this.templates = from.templates;
    this.archive = from.archive;
    this.passwordProvider = Optional.ofNullable(from.passwordProvider);
    this.sources = List.copyOf(from.sources);
  }

  /** A builder in which everything has its default. It reads no file. */
  public static BpgConfigBuilder builder() {
    return new BpgConfigBuilder(Environment.current());
  }

  /**
   * Reads the configuration of this process.
   *
   * <p>The file is the first that exists of: the one that the variable {@code BPG_CONFIG} names,
   * which must exist; {@code ./bpg.yaml}; {@code ~/.config/bpg/config.yaml}; {@code
   * /etc/bpg/config.yaml}. No file means the defaults. Then single keys are replaced by variables
   * ({@code storage.type} is {@code BPG_STORAGE_TYPE}) and after them by system properties ({@code
   * bpg.storage.type}).
   *
   * @throws RefusedException if a key is unknown or a value is not allowed; it names the place, the
   *     key and what is allowed
   * @throws NotFoundException if the file that {@code BPG_CONFIG} names does not exist
   * @throws UnavailableException if a file exists and cannot be read
   */
  public static BpgConfig load() {
    return new ConfigLoader(Environment.current(), ConfigLoader.SYSTEM_FILE).load();
  }

  /**
   * Reads one file, whatever {@code BPG_CONFIG} says; variables and properties replace its keys as
   * in {@link #load()}.
   *
   * @throws RefusedException if a key is unknown or a value is not allowed
   * @throws NotFoundException if the file does not exist
   * @throws UnavailableException if the file cannot be read
   */
  public static BpgConfig load(Path file) {
    return new ConfigLoader(Environment.current(), ConfigLoader.SYSTEM_FILE).load(file);
  }

  /** The folder where bpg keeps everything that has no other place; the key {@code home}. */
  public Path home() {
    return home;
  }

  /** Which storage keeps the volumes; the key {@code storage.type}. */
  public StorageType storage() {
    return storage;
  }

  /** The folder that holds the volumes; the key {@code storage.path}. */
  public Path storagePath() {
    return storagePath;
  }

  /** The dataset below which the storage zfs keeps the volumes; the key {@code zfs.dataset}. */
  public Optional<String> zfsDataset() {
    return zfsDataset;
  }

  /**
   * How the volumes of all databases are laid out on the storage zfs; the keys {@code
   * zfs.recordsize}, {@code zfs.compression} and {@code zfs.atime}.
   */
  public VolumeProperties zfs() {
    return zfs;
  }

  /** What runs the servers; the key {@code server.type}. */
  public ServerType server() {
    return server;
  }

  /** How long a server may take until it takes connections; {@code server.startTimeout}. */
  public Duration startTimeout() {
    return startTimeout;
  }

  /** How long a server may take to end; the key {@code server.stopTimeout}. */
  public Duration stopTimeout() {
    return stopTimeout;
  }

  /** The folder of the Postgres binaries to use; the key {@code process.binaries}. */
  public Optional<Path> processBinaries() {
    return processBinaries;
  }

  /** The user that servers run as when bpg runs as root; the key {@code process.user}. */
  public Optional<String> processUser() {
    return processUser;
  }

  /** The folder where embedded binaries are unpacked; the key {@code process.cache}. */
  public Path processCache() {
    return processCache;
  }

  /** How servers run in Docker; the keys {@code docker.…}. */
  public DockerConfig docker() {
    return docker;
  }

  /** The major version of databases that are made without saying one; the key {@code version}. */
  public OptionalInt version() {
    return version;
  }

  /** The settings of the servers of all databases; the keys {@code settings.<name>}. */
  public ServerSettings settings() {
    return settings;
  }

  /** Whether the servers of all databases offer TLS; the keys {@code tls.…}. */
  public Tls tls() {
    return tls;
  }

  /** How long templates are kept; the keys {@code templates.…}. */
  public TemplateConfig templates() {
    return templates;
  }

  /** What is said of the WAL archives of all databases; the keys {@code archive.…}. */
  public ArchiveConfig archive() {
    return archive;
  }

  /** Where passwords come from; empty if bpg makes and keeps them. */
  public Optional<PasswordProvider> passwordProvider() {
    return passwordProvider;
  }

  /** What is configured for single databases, by name; the keys {@code databases.<name>.…}. */
  public Map<String, DatabaseConfig> databases() {
    return databases;
  }

  /**
   * Where it was read from: the file, then each variable and property that replaced a key of it;
   * empty if it was made in code or is all defaults.
   */
  public List<String> sources() {
    return sources;
  }

  /**
   * What holds for one database: its own version, image, settings, layout, TLS and archives where
   * it has them, else those of all databases; and its own scripts.
   *
   * @throws RefusedException if it is not a valid name of a database
   */
  public DatabaseConfig database(String name) {
    String checked = BranchName.main(name).database();
    DatabaseConfig own = databases.getOrDefault(checked, DatabaseConfig.empty());
    return new DatabaseConfig(
        own.version().isPresent() ? own.version() : version,
        own.image(),
        settings.merge(own.settings()),
        own.zfs().orElse(zfs),
        own.tls().or(() -> Optional.of(tls)),
        own.archive().orElse(archive),
        own.afterClone());
  }

  // All that there is.
  private List<Object> values() {
    return List.of(
        home,
        storage,
        storagePath,
        zfsDataset,
        zfs,
        server,
        startTimeout,
        stopTimeout,
        processBinaries,
        processUser,
        processCache,
        version,
        settings,
        docker,
        databases,
        tls,
        templates,
        archive,
        passwordProvider,
        sources);
  }

  /** Whether it says the same and comes from the same places. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BpgConfig config && values().equals(config.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }
}
