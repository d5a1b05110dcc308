package dev.bpg.config;

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
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link BpgConfig}. A relative path is relative to the working folder. Not safe for use by
 * several threads.
 */
public final class BpgConfigBuilder {

  private final Environment environment;
  private @Nullable Path home;
  private @Nullable Path storagePath;
  private @Nullable Path processCache;
  StorageType storage = StorageType.AUTO;
  @Nullable String zfsDataset;
  VolumeProperties zfs = VolumeProperties.none();
  ServerType server = ServerType.AUTO;
  Duration startTimeout = Duration.ofSeconds(60);
  Duration stopTimeout = Duration.ofSeconds(60);
  @Nullable Path processBinaries;
  @Nullable String processUser;
  OptionalInt version = OptionalInt.empty();
  ServerSettings settings = ServerSettings.none();
  DockerConfig docker = DockerConfig.defaults();
  Tls tls = Tls.off();
  TemplateConfig templates = TemplateConfig.defaults();
  ArchiveConfig archive = ArchiveConfig.none();
  @Nullable PasswordProvider passwordProvider;
  List<String> sources = List.of();
  final Map<String, DatabaseConfig> databases = new TreeMap<>();

  BpgConfigBuilder(Environment environment) {
    this.environment = environment;
  }

  /**
   * Where bpg keeps everything that has no other place. Default: the system property {@code
   * bpg.home}, else the variable {@code BPG_HOME}, else {@code /var/lib/bpg} for root, else {@code
   * $XDG_DATA_HOME/bpg}, else {@code ~/.local/share/bpg}.
   */
  public BpgConfigBuilder home(Path folder) {
    home = absolute(folder);
    return this;
  }

  /** Which storage keeps the volumes. Default: {@link StorageType#AUTO}. */
  public BpgConfigBuilder storage(StorageType type) {
    storage = type;
    return this;
  }

  /** The folder that holds the volumes. Default: {@code volumes} below the home folder. */
  public BpgConfigBuilder storagePath(Path folder) {
    storagePath = absolute(folder);
    return this;
  }

  /**
   * The dataset below which the storage zfs keeps the volumes, such as {@code tank/bpg/databases}:
   * the pool must exist, the rest is made. With it, {@link StorageType#AUTO} means ZFS. Default:
   * none.
   *
   * @throws RefusedException if ZFS allows no dataset of this name
   */
  public BpgConfigBuilder zfsDataset(String dataset) {
    zfsDataset = ZfsKeys.checkDataset(dataset);
    return this;
  }

  /**
   * How the volumes of all databases are laid out on the storage zfs. Default: records of 8 KiB,
   * {@code lz4}, no times of access.
   */
  public BpgConfigBuilder zfs(VolumeProperties properties) {
    zfs = properties;
    return this;
  }

  /** What runs the servers. Default: {@link ServerType#AUTO}. */
  public BpgConfigBuilder server(ServerType type) {
    server = type;
    return this;
  }

  /**
   * How long a server may take until it takes connections, recovery included. Default: 60 seconds.
   *
   * @throws RefusedException if it is not more than zero and at most 365 days
   */
  public BpgConfigBuilder startTimeout(Duration timeout) {
    startTimeout = Timeouts.check(timeout);
    return this;
  }

  /**
   * How long a server may take to end. Default: 60 seconds.
   *
   * @throws RefusedException if it is not more than zero and at most 365 days
   */
  public BpgConfigBuilder stopTimeout(Duration timeout) {
    stopTimeout = Timeouts.check(timeout);
    return this;
  }

  /** The folder of the Postgres binaries to use. Default: none, bpg looks for them. */
  public BpgConfigBuilder processBinaries(Path folder) {
    processBinaries = absolute(folder);
    return this;
  }

  /**
   * The user that servers run as when bpg runs as root. Default: none, bpg chooses one.
   *
   * @throws RefusedException if it is empty or has a space, a colon or a control character
   */
  public BpgConfigBuilder processUser(String user) {
    if (!user.matches("[^\\s:\\p{Cntrl}]+")) {
      throw new RefusedException(
          "use the user name", Quoted.of(user), Quoted.of(user) + " is not a user name", USER_HINT);
    }
    processUser = user;
    return this;
  }

  static final String USER_HINT = "use the name of a user of this machine, such as postgres";

  /**
   * Where embedded binaries are unpacked. Default: {@code /var/cache/bpg} for root, else {@code
   * $XDG_CACHE_HOME/bpg}, else {@code ~/.cache/bpg}, else {@code cache} below the home folder.
   */
  public BpgConfigBuilder processCache(Path folder) {
    processCache = absolute(folder);
    return this;
  }

  /**
   * How servers run in Docker; replaces what was given before. Default: {@link
   * DockerConfig#defaults()}.
   */
  public BpgConfigBuilder docker(DockerConfig config) {
    docker = config;
    return this;
  }

  /**
   * The major version of databases that are made without saying one. Default: none, the newest of
   * the preferred binaries.
   *
   * @throws RefusedException if bpg does not run that version
   */
  public BpgConfigBuilder version(int major) {
    version = OptionalInt.of(MajorVersion.check(major));
    return this;
  }

  /**
   * A setting of the servers of all databases, such as {@code work_mem}. Default: none.
   *
   * @throws RefusedException as {@link ServerSettings#with} says
   */
  public BpgConfigBuilder setting(String name, String value) {
    settings = settings.with(name, value);
    return this;
  }

  /**
   * Whether the servers of all databases offer TLS, from their next start on. Files are read at
   * each start; a relative path is relative to the working folder. Default: {@link Tls#off()}.
   */
  public BpgConfigBuilder tls(Tls choice) {
    tls = choice;
    return this;
  }

  /** How long templates are kept. Default: {@link TemplateConfig#defaults()}. */
  public BpgConfigBuilder templates(TemplateConfig config) {
    templates = config;
    return this;
  }

  /**
   * Whether the main branches of new databases are archived, and how archives are written that are
   * turned on without saying it. Default: not archived; {@code gzip}, 60 s.
   */
  public BpgConfigBuilder archive(ArchiveConfig choice) {
    archive = choice;
    return this;
  }

  /**
   * Where the passwords of branches come from. With one, bpg stores none; every process that has
   * the home open needs one that gives the same. There is no key for it. Default: none, bpg makes
   * random ones and keeps them.
   */
  public BpgConfigBuilder passwordProvider(PasswordProvider provider) {
    passwordProvider = provider;
    return this;
  }

  /**
   * What holds for one database only; replaces what was given for it before. Default: nothing.
   *
   * @throws RefusedException if it is not a valid name of a database
   */
  public BpgConfigBuilder database(String name, DatabaseConfig config) {
    databases.put(BranchName.main(name).database(), config);
    return this;
  }

  /**
   * The configuration.
   *
   * @throws RefusedException if the home folder comes from a variable or property that is no path,
   *     if the storage is zfs and there is no dataset, if something is said of ZFS and another
   *     storage is chosen, or of Docker and servers are to run as processes, or if files for TLS
   *     are missing or would have no effect
   * @throws UnavailableException if no home folder of bpg is given and the user has none either
   */
  public BpgConfig build() {
    ZfsKeys.check(this);
    TlsKeys.check(this);
    if (server == ServerType.PROCESS && !docker.equals(DockerConfig.defaults())) {
      throw new RefusedException(
          "use the configuration",
          "docker",
          "server.type is process, so none of it would have an effect",
          "set server.type to docker, or leave out what begins with docker");
    }
    Path chosenHome = home != null ? home : defaultHome();
    return new BpgConfig(
        this,
        chosenHome,
        storagePath != null ? storagePath : chosenHome.resolve("volumes"),
        processCache != null ? processCache : DefaultFolders.cache(environment, chosenHome));
  }

  private Path defaultHome() {
    BpgConfigBuilder overridden = new BpgConfigBuilder(environment);
    Overrides.home(environment)
        .ifPresent(entry -> entry.applyTo(overridden, environment.userHome()));
    return overridden.home != null ? overridden.home : DefaultFolders.home(environment);
  }

  DatabaseConfig databaseSoFar(String name) {
    return databases.getOrDefault(BranchName.main(name).database(), DatabaseConfig.empty());
  }

  private Path absolute(Path path) {
    return environment.workingFolder().resolve(path).normalize();
  }
}
