package dev.bpg;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.DatabaseConfig;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.engine.DumpFile;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.FirstData;
import dev.bpg.internal.engine.FolderData;
import dev.bpg.internal.engine.ServerData;
import dev.bpg.internal.engine.ServerDumpStep;
import dev.bpg.internal.engine.TemplateRequest;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneScript;
import dev.bpg.model.ImportProgress;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.RestoreOptions;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SourceServer;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import dev.bpg.model.WalCompression;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Describes a new database. What is not said here comes from the configuration. Not thread-safe;
 * may be used for one database.
 */
public final class DatabaseBuilder {

  private static final Duration PREPARATION_TIMEOUT = Duration.ofMinutes(10);

  private final Engine engine;
  private final BranchName name;
  private final List<DatabaseRequest.Step> steps = new ArrayList<>();
  private final List<CloneScript> afterClone = new ArrayList<>();
  private OptionalInt version;
  private ServerSettings settings;
  private SpaceLimits limits = SpaceLimits.none();
  private final VolumeProperties properties;
  private Optional<String> image;
  private OptionalInt versionSaid = OptionalInt.empty();
  private Optional<ArchivePolicy> archive;
  private final List<Path> configuredAfterClone;
  private Optional<FirstData> firstData = Optional.empty();
  private Consumer<ImportProgress> progress = told -> {};

  DatabaseBuilder(Engine engine, BpgConfig config, BranchName name) {
    this.engine = engine;
    this.name = name;
    DatabaseConfig configured = config.database(name.database());
    this.version = configured.version().isPresent() ? configured.version() : config.version();
    this.image = configured.image();
    this.settings = config.settings().merge(configured.settings());
    this.properties = configured.zfs();
    this.archive =
        configured.archive().enabled().filter(on -> on).map(on -> engine.archives().policy(name));
    this.configuredAfterClone = configured.afterClone();
  }

  /** One of other first data for a database, under the name that its old main branch gets. */
  DatabaseBuilder(Engine engine, BranchRecord main, BranchName name) {
    this.engine = engine;
    this.name = name;
    this.version = OptionalInt.of(main.build().major());
    this.image = Optional.empty();
    this.settings = main.settings();
    this.properties = VolumeProperties.none();
    this.archive = Optional.empty();
    this.configuredAfterClone = List.of();
    this.afterClone.addAll(main.policy().afterClone());
  }

  /**
   * The major version of Postgres, 14 to 18. Default: the configuration's, else the newest that is
   * on the class path, else the newest on this system.
   *
   * <p>Data from elsewhere brings its own version, which the configuration does not change.
   *
   * @throws RefusedException if it is not one of these
   */
  public DatabaseBuilder version(int major) {
    if (major < PostgresBuild.OLDEST || major > PostgresBuild.NEWEST) {
      throw new RefusedException(
          "use Postgres version",
          String.valueOf(major),
          "bpg runs versions " + PostgresBuild.OLDEST + " to " + PostgresBuild.NEWEST,
          "name one of these");
    }
    this.version = OptionalInt.of(major);
    this.versionSaid = version;
    return this;
  }

  /**
   * The Docker image to make it with, of any Postgres 14 to 18. Branches run in it too. Default:
   * the configuration's. Needs {@code server.type: docker}, or {@code auto} where that picks
   * Docker.
   *
   * @throws RefusedException if it is not the name of an image
   */
  public DatabaseBuilder image(String name) {
    this.image = DatabaseConfig.empty().withImage(name).image();
    return this;
  }

  /**
   * A server setting, which goes on the server's command line and so beats {@code postgresql.conf}
   * and {@code ALTER SYSTEM}. Branches inherit it.
   *
   * @throws RefusedException if the name is not one of a setting, or of one that bpg manages
   */
  public DatabaseBuilder setting(String name, String value) {
    this.settings = settings.with(name, value);
    return this;
  }

  /**
   * Several server settings.
   *
   * @see #setting
   */
  public DatabaseBuilder settings(Map<String, String> values) {
    this.settings = settings.merge(new ServerSettings(values));
    return this;
  }

  /**
   * The most space that the main branch may take of its own, in bytes: what it shares with its
   * parent does not count, what is kept for those branched from it does. Writing more fails in
   * Postgres as on a full disk. Default: no bound. What is branched from it does not inherit it.
   *
   * @throws RefusedException if it is not positive, or less than the reservation; on a storage that
   *     has no quotas, {@link #create()} throws it
   */
  public DatabaseBuilder quota(long bytes) {
    this.limits = limits.withQuota(bytes);
    return this;
  }

  /**
   * Space that is set aside for the main branch, in bytes, whatever others write. Default: none.
   *
   * @throws RefusedException if it is not positive, or more than the quota; on a storage that has
   *     no reservations, {@link #create()} throws it
   */
  public DatabaseBuilder reservation(long bytes) {
    this.limits = limits.withReservation(bytes);
    return this;
  }

  /**
   * SQL to run in the database {@code postgres} before the new database is handed out. May be
   * called several times; scripts run in this order, each statement by itself as in {@code psql}.
   */
  public DatabaseBuilder initialSql(String sql) {
    run(SqlScript.ofText(sql));
    return this;
  }

  /**
   * The same under a name that messages call it by, such as the place it was read from.
   *
   * @see #initialSql(String)
   */
  public DatabaseBuilder initialSql(String name, String sql) {
    run(SqlScript.ofText(name, sql));
    return this;
  }

  /**
   * A file with SQL, such as a plain {@code pg_dump}, in UTF-8. {@code COPY … FROM stdin} with its
   * data is understood.
   *
   * @see #initialSql(String)
   */
  public DatabaseBuilder initialSql(Path file) {
    run(SqlScript.ofFile(file));
    return this;
  }

  private void run(SqlScript script) {
    steps.add(server -> script.runForNewDatabase(server.dataSource()));
  }

  /**
   * Begins with the data of an existing cluster instead of a new one: a copy of its folder, or a
   * clone where it lies on a file system with the new database that can share files. The folder is
   * only read. Its server has to be shut down; see {@link DataFolderOption} for its configuration.
   *
   * <p>The database has the folder's major version, its roles and all its SQL databases, and needs
   * a superuser {@code postgres} and a database {@code postgres} among them. What the original does
   * beyond its data does not come along: its port, its access rules, TLS, archiving, replication.
   *
   * <p>{@link #create()} throws, beside what it says there, {@link dev.bpg.error.NotFoundException}
   * if there is no such folder, {@link dev.bpg.error.BusyException} if its server runs, and {@link
   * RefusedException} if it was not shut down, is of another major version than {@link #version},
   * may not be read, has tablespaces or other links that lead out of it, or is no data folder.
   */
  public DatabaseBuilder fromDataFolder(Path folder, DataFolderOption... options) {
    firstData = Optional.of(new FolderData(folder, keepsConfiguration(options)));
    return this;
  }

  /**
   * Fills the new database with a dump of {@code pg_dump}, before it is handed out and in order
   * with the scripts. Its format is told by how it begins. SQL is run by bpg itself; the custom
   * format, a folder and a tar file are restored by {@code pg_restore} of this machine: that of the
   * database's major version, or else the newest. May be called several times.
   *
   * <p>{@link #create()} throws, beside what it says there, {@link dev.bpg.error.NotFoundException}
   * if there is no such dump, {@link dev.bpg.error.UnavailableException} if there is no {@code
   * pg_restore}, or only older ones than the dump, and {@link RefusedException} with what {@code
   * pg_restore} wrote if it fails. Roles are in no dump of one database: see {@link
   * RestoreOptions#withoutOwners()}.
   *
   * @param dump the file, or the folder
   */
  public DatabaseBuilder fromDump(Path dump, RestoreOptions options) {
    steps.add(new DumpFile(dump, options));
    return this;
  }

  /**
   * The same into the database {@code postgres}, with owners.
   *
   * @see #fromDump(Path, RestoreOptions)
   */
  public DatabaseBuilder fromDump(Path dump) {
    return fromDump(dump, RestoreOptions.defaults());
  }

  /**
   * Fills the new database with one SQL database of a running server, before it is handed out and
   * in order with the scripts: by the {@code pg_dump} and {@code pg_restore} of this machine, of
   * the server's major version or a newer one. The new database's own version may be newer too. The
   * dump takes space in the new database's folder meanwhile. May be called several times.
   *
   * <p>{@link #create()} throws, beside what it says there, {@link
   * dev.bpg.error.UnavailableException} if the server does not answer or goes away, or there are no
   * such programs, and {@link RefusedException} if the user is not let in, may not read something,
   * or the restoration fails. The password is on no command line, in no message and in no log.
   */
  public DatabaseBuilder fromServer(SourceServer source, RestoreOptions options) {
    steps.add(new ServerDumpStep(source, options));
    return this;
  }

  /**
   * The same into the database {@code postgres}, with owners.
   *
   * @see #fromServer(SourceServer, RestoreOptions)
   */
  public DatabaseBuilder fromServer(SourceServer source) {
    return fromServer(source, RestoreOptions.defaults());
  }

  /**
   * Begins with all the data of a running server instead of a new cluster: a base backup over the
   * replication protocol, by the {@code pg_basebackup} of the server's major version, which has to
   * be on this machine. What the server goes on doing is not disturbed, apart from one checkpoint.
   * The database then is as one made {@link #fromDataFolder}.
   *
   * <p>The user has to be a superuser or to have {@code REPLICATION}, with leave in {@code
   * pg_hba.conf} to replicate and to connect to the URL's SQL database.
   *
   * <p>{@link #create()} throws, beside what it says there, {@link
   * dev.bpg.error.UnavailableException} if the server does not answer or goes away, or there is no
   * such program, and {@link RefusedException} if the user is not let in or may not, or the server
   * has tablespaces.
   */
  public DatabaseBuilder fromBackupOf(SourceServer source, DataFolderOption... options) {
    firstData = Optional.of(new ServerData(source, keepsConfiguration(options)));
    return this;
  }

  private static boolean keepsConfiguration(DataFolderOption... options) {
    return !List.of(options).contains(DataFolderOption.WITHOUT_CONFIGURATION);
  }

  /**
   * Has somebody told how far the filling of the database is, where it takes long: about a hundred
   * times for each phase, at its beginning and its end too. Called by threads that work on the
   * database, by one at a time; an exception ends the creation. Default: nobody.
   */
  public DatabaseBuilder onProgress(Consumer<ImportProgress> listener) {
    progress = listener;
    return this;
  }

  /**
   * SQL to run on each branch of the database, and on each of their branches, before it is handed
   * out: to mask what nobody may see in a copy, for example. A branch on which it fails is not
   * made. May be called several times; scripts run in this order, after those of the configuration.
   *
   * @see Branch#runAfterClone
   */
  public DatabaseBuilder afterClone(CloneScript script) {
    afterClone.add(script);
    return this;
  }

  /**
   * Java code to run before the new database is handed out, in order with the scripts. If it fails,
   * the database is not created.
   */
  public DatabaseBuilder prepare(DatabasePreparation preparation) {
    steps.add(PreparationStep.of(name, preparation));
    return this;
  }

  /**
   * Has the WAL of the main branch archived from the beginning, as {@link BranchArchive#enable()}
   * does. Default: as the configuration says, and not before that is called if it says nothing.
   */
  public DatabaseBuilder archived() {
    this.archive = Optional.of(engine.archives().policy(name));
    return this;
  }

  /**
   * The same with another compression and time.
   *
   * @see BranchArchive#enable(WalCompression, Duration)
   */
  public DatabaseBuilder archived(WalCompression compression, Duration timeout) {
    this.archive = Optional.of(new ArchivePolicy(compression, timeout));
    return this;
  }

  /**
   * Creates the database and starts its main branch.
   *
   * @throws dev.bpg.error.AlreadyExistsException if there is one of this name
   * @throws dev.bpg.error.UnavailableException if this machine lacks something: binaries, space,
   *     rights
   * @throws dev.bpg.error.StartFailedException if Postgres refuses, a setting for example; its own
   *     message is in the error's
   * @throws RefusedException if a script or a preparation fails, or the storage has no limits and
   *     some are asked for
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Database create() {
    BranchRecord main = engine.createDatabase(request());
    try {
      return new Database(engine, archivedIfAsked(main));
    } catch (Throwable first) {
      try {
        engine.deletions().databaseUnlessBranched(main);
      } catch (RuntimeException e) {
        first.addSuppressed(e);
      }
      throw first;
    }
  }

  /**
   * Makes a template of what this describes, unless there is one: a database that is prepared once
   * on this machine, for all threads, processes and runs, and of which branches start at once. It
   * is named by this name and a hash of the fingerprint, such as {@code shop-1f2e3d4c5b6a}, so that
   * templates of different content live beside each other. Whoever comes while it is made waits for
   * that.
   *
   * <p>When it is filled it is vacuumed, its server is stopped, and stays so, and a snapshot of it
   * is taken: {@link Template#branch()} makes branches of that. If a process is killed meanwhile,
   * the next one undoes or completes what it did. A template that nobody used for a while is
   * dropped when another one is made: see {@link dev.bpg.config.TemplateConfig}.
   *
   * @param fingerprint says what is filled in: the same text, the same template. Beside it, what
   *     this says of version, build, settings, and scripts for branches makes another template too
   * @param timeout how long scripts, dumps and preparations may take together. When they take
   *     longer, their thread is interrupted, and left behind if it does not end; nothing is made
   * @throws RefusedException if something that fills it fails or takes too long; if the name is
   *     longer than 50 characters; if a database of its name exists that is not this template
   * @throws dev.bpg.error.BpgException as {@link #create()}
   */
  public Template template(String fingerprint, Duration timeout) {
    if (archive.isPresent()) {
      throw new RefusedException(
          "make template",
          name.database(),
          "it would be archived, and its server never runs",
          "leave archived() out, and enable the archive of its branches");
    }
    return new Template(
        engine, engine.template(new TemplateRequest(request(), fingerprint, timeout)));
  }

  /**
   * The same with 10 minutes.
   *
   * @see #template(String, Duration)
   */
  public Template template(String fingerprint) {
    return template(fingerprint, PREPARATION_TIMEOUT);
  }

  /**
   * Turns archiving on if this says so, when all is there: what fills a database is not archived.
   */
  BranchRecord archivedIfAsked(BranchRecord main) {
    return archive.isPresent() ? engine.archives().enable(main, archive.get()) : main;
  }

  DatabaseRequest request() {
    return new DatabaseRequest(
        name,
        firstData.isPresent() ? versionSaid : version,
        image,
        settings,
        properties,
        limits,
        Stream.concat(configuredAfterClone.stream().map(CloneScript::ofFile), afterClone.stream())
            .toList(),
        steps,
        firstData,
        progress::accept,
        Optional.empty());
  }
}
