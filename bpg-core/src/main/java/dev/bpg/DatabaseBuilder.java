package dev.bpg;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.DatabaseConfig;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Describes a new database. What is not said here comes from the configuration. Not thread-safe;
 * may be used for one database.
 */
public final class DatabaseBuilder {

  private final Engine engine;
  private final BranchName name;
  private final List<DatabaseRequest.Step> steps = new ArrayList<>();
  private OptionalInt version;
  private ServerSettings settings;

  DatabaseBuilder(Engine engine, BpgConfig config, BranchName name) {
    this.engine = engine;
    this.name = name;
    DatabaseConfig configured = config.database(name.database());
    this.version = configured.version().isPresent() ? configured.version() : config.version();
    this.settings = config.settings().merge(configured.settings());
  }

  /**
   * The major version of Postgres, 14 to 18. Default: the configuration's, else the newest that is
   * on the class path, else the newest on this system.
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
   * SQL to run in the database {@code postgres} before the new database is handed out. May be
   * called several times; scripts run in this order, each statement by itself as in {@code psql}.
   */
  public DatabaseBuilder initialSql(String sql) {
    steps.add(SqlScript.ofText(sql)::runForNewDatabase);
    return this;
  }

  /**
   * The same under a name that messages call it by, such as the place it was read from.
   *
   * @see #initialSql(String)
   */
  public DatabaseBuilder initialSql(String name, String sql) {
    steps.add(SqlScript.ofText(name, sql)::runForNewDatabase);
    return this;
  }

  /**
   * A file with SQL, such as a plain {@code pg_dump}, in UTF-8. {@code COPY … FROM stdin} with its
   * data is understood.
   *
   * @see #initialSql(String)
   */
  public DatabaseBuilder initialSql(Path file) {
    steps.add(SqlScript.ofFile(file)::runForNewDatabase);
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
   * Creates the database and starts its main branch.
   *
   * @throws dev.bpg.error.AlreadyExistsException if there is one of this name
   * @throws dev.bpg.error.UnavailableException if this machine lacks something: binaries, space,
   *     rights
   * @throws dev.bpg.error.StartFailedException if Postgres refuses, a setting for example; its own
   *     message is in the error's
   * @throws RefusedException if a script or a preparation fails
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Database create() {
    return new Database(
        engine, engine.createDatabase(new DatabaseRequest(name, version, settings, steps)));
  }
}
