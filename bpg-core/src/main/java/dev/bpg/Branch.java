package dev.bpg;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.internal.postgres.ServerDataSource;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A branch: a Postgres server of its own with its parent's data as of the branch's creation.
 *
 * <p>This is a handle on one incarnation: if the branch is deleted, its methods throw {@link
 * dev.bpg.error.NotFoundException} or {@link UnavailableException}, even when another one gets its
 * name. What is live (state, port, space) is read at each call. Accessors that Testcontainers'
 * {@code JdbcDatabaseContainer} also has carry its names. Thread-safe.
 */
public sealed class Branch permits TemporaryBranch {

  private final Engine engine;
  private final BranchRecord record;

  Branch(Engine engine, BranchRecord record) {
    this.engine = engine;
    this.record = record;
  }

  /** Its name, such as {@code api/dev}. */
  public String name() {
    return record.name().toString();
  }

  /** Its id, which no other branch has or ever had. */
  public String id() {
    return record.id().value();
  }

  /** The name of the branch it was made from, as it was then; empty for a main branch. */
  public Optional<String> parent() {
    return record.parent().map(BranchRecord.Parent::name).map(BranchName::toString);
  }

  /** How its data was taken, and from which point in the parent's WAL. */
  public BranchOrigin origin() {
    return record.origin();
  }

  /** The name of the storage that its data lies on, such as {@code btrfs}. */
  public String storage() {
    return record.storage();
  }

  /** The build of Postgres that its data belongs to. */
  public PostgresBuild build() {
    return record.build();
  }

  /** The server settings it was given, its parent's included, by name. */
  public Map<String, String> settings() {
    return record.settings().values();
  }

  /** When it was made, by this machine's clock. */
  public Instant createdAt() {
    return record.createdAt();
  }

  /** When it may be deleted; empty if never. */
  public Optional<Instant> expiresAt() {
    return record.expiresAt();
  }

  /** Whether it goes with the process that made it. */
  public boolean isTemporary() {
    return record.temporary();
  }

  /**
   * The URL of its database {@code postgres}, without user and password.
   *
   * @throws UnavailableException if its server does not run
   */
  public String getJdbcUrl() {
    Endpoint endpoint = endpoint();
    return "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/" + getDatabaseName();
  }

  /** The class name of the JDBC driver. */
  public String getDriverClassName() {
    return "org.postgresql.Driver";
  }

  /**
   * The host that its server listens on.
   *
   * @throws UnavailableException if its server does not run
   */
  public String getHost() {
    return endpoint().host();
  }

  /**
   * The port that its server listens on. It is kept from one start to the next if it is free.
   *
   * @throws UnavailableException if its server does not run
   */
  public int getPort() {
    return endpoint().port();
  }

  /** The database to connect to: {@code postgres}. */
  public String getDatabaseName() {
    return "postgres";
  }

  /** The superuser: {@code postgres}. */
  public String getUsername() {
    return RolePassword.SUPERUSER;
  }

  /**
   * The superuser's password: random, and this branch's alone.
   *
   * @throws UnavailableException if the branch was deleted
   */
  public String getPassword() {
    return engine.password(record);
  }

  /**
   * A source of connections as the superuser. It keeps none open, and finds the server again after
   * a restart on another port.
   */
  public DataSource dataSource() {
    return new ServerDataSource(this::getJdbcUrl, this::getPassword);
  }

  /**
   * Starts its server if it does not run, and returns when it takes connections.
   *
   * @throws dev.bpg.error.StartFailedException if Postgres refuses; its last lines are in the
   *     message
   */
  public Branch start() {
    engine.start(record);
    return this;
  }

  /**
   * Stops its server if it runs: sessions are ended, nothing committed is lost.
   *
   * @throws dev.bpg.error.BusyException if it is still there after {@code server.stopTimeout}
   */
  public Branch stop() {
    engine.stop(record);
    return this;
  }

  /** {@link #stop()} and {@link #start()} with nobody in between. */
  public Branch restart() {
    engine.restart(record);
    return this;
  }

  /** Its live state, with the reason. */
  public BranchStatus status() {
    return engine.status(record);
  }

  /** Whether its server takes connections now. */
  public boolean isRunning() {
    return status().state() == BranchStatus.State.RUNNING;
  }

  /** The space it takes now, in bytes. */
  public SpaceUsage space() {
    return engine.space(record);
  }

  /** The last lines of its server's log, the oldest first. */
  public List<String> lastLogLines(int count) {
    return engine.lastLogLines(record, count);
  }

  /** Begins to describe a branch of this one. */
  public BranchBuilder branch() {
    return new BranchBuilder(engine, record.name());
  }

  /**
   * Stops its server and deletes it.
   *
   * @throws dev.bpg.error.BusyException if it has children, which the message names
   * @throws dev.bpg.error.RefusedException if it is a main branch
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.delete(record, false);
  }

  /** {@link #delete()}, with all its descendants, the deepest first. */
  public void forceDelete() {
    engine.delete(record, true);
  }

  Engine engine() {
    return engine;
  }

  BranchRecord record() {
    return record;
  }

  private Endpoint endpoint() {
    return engine.endpoint(record);
  }

  /** {@code branch api/dev}. */
  @Override
  public String toString() {
    return "branch " + name();
  }
}
