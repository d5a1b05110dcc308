package dev.bpg;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.diff.Comparison;
import dev.bpg.internal.diff.Side;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.ResetRequest;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.internal.engine.SnapshotRequest;
import dev.bpg.internal.postgres.JdbcUrl;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.internal.postgres.ServerDataSource;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.CloneScript;
import dev.bpg.model.ContainerSpec;
import dev.bpg.model.PostgresBuild;
import dev.bpg.model.RecoveryWindow;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A branch: a Postgres server of its own with its parent's data as of the branch's creation.
 *
 * <p>This is a handle on one branch, and stays so when the branch is renamed, promoted or reset: if
 * the branch is deleted, its methods throw {@link dev.bpg.error.NotFoundException} or {@link
 * UnavailableException}, even when another one gets its name. What is live (state, port, space) is
 * read at each call; what else it says is as of when it was obtained, or last changed through it.
 * Accessors that Testcontainers' {@code JdbcDatabaseContainer} also has carry its names.
 * Thread-safe.
 */
public sealed class Branch permits TemporaryBranch {

  private final Engine engine;
  private volatile BranchRecord record;

  Branch(Engine engine, BranchRecord record) {
    this.engine = engine;
    this.record = record;
  }

  /** Its name, such as {@code api/dev}. */
  public String name() {
    return record.name().toString();
  }

  /** Its id, which no other branch has or ever had; a reset gives it another one. */
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

  /**
   * When it may be deleted, as of now; empty if never. For one that does not exist any more: what
   * was known of it when this handle was obtained.
   */
  public Optional<Instant> expiresAt() {
    return engine.policies().ifThere(record()).orElse(record.policy()).expiresAt();
  }

  /**
   * Has it deleted this long after now, whatever was said before: by this process or, when it has
   * closed, by the next one that opens the home. It is kept while it has children or is protected.
   *
   * @throws dev.bpg.error.RefusedException if the time is not positive, or it is a main branch
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void expireAfter(Duration time) {
    engine.policies().expireAfter(record(), Optional.of(BranchBuilder.checkedExpiry(time)));
  }

  /**
   * Has it not expire any more.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void keepForever() {
    engine.policies().expireAfter(record(), Optional.empty());
  }

  /**
   * Has its server stopped when nobody was connected to it for this long, by this process or one
   * that opens the home later; it takes up to a quarter longer. Branching it counts as a
   * connection. {@link #start()} and a connection of {@link #dataSource()} start it again; by
   * {@link #stop()} it is stopped until {@link #start()}.
   *
   * @throws dev.bpg.error.RefusedException if the time is not positive
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void idleStop(Duration time) {
    engine.policies().stopWhenIdle(record(), Optional.of(BranchBuilder.checkedIdleTime(time)));
  }

  /**
   * Has its server run until it is stopped, which is the default.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void noIdleStop() {
    engine.policies().stopWhenIdle(record(), Optional.empty());
  }

  /** After how long without a connection its server is stopped, as of now; empty for never. */
  public Optional<Duration> idleStop() {
    return engine.policies().of(record()).idleStop();
  }

  /**
   * Replaces what is run on each branch of it, and on each of their branches, before it is handed
   * out: to mask what nobody may see in a copy of production data, for example. Scripts run in this
   * order, as the superuser, also on what is made of its snapshots, recovered from its archive, or
   * reset to it. A branch on which one fails is not made. None switches it off; branches that exist
   * keep what they took over.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void runAfterClone(CloneScript... scripts) {
    engine.policies().runAfterClone(record(), List.of(scripts));
  }

  /** What is run on each branch of it, as of now; nothing unless it was said. */
  public List<CloneScript> afterClone() {
    return engine.policies().of(record()).afterClone();
  }

  /**
   * Has every deletion of it refused from now on: by itself, with a parent, with its database, by
   * expiry, and in whatever process. Protecting a main branch protects the database.
   *
   * @throws dev.bpg.error.RefusedException if it is temporary
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void protect() {
    engine.policies().protect(record(), true);
  }

  /**
   * Has it deleted again when somebody asks for it.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void unprotect() {
    engine.policies().protect(record(), false);
  }

  /**
   * Whether every deletion of it is refused, as of now. Default: no.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public boolean isProtected() {
    return engine.policies().of(record()).isProtected();
  }

  /** Whether it goes with the process that made it. */
  public boolean isTemporary() {
    return record.temporary();
  }

  /**
   * The URL of its database {@code postgres}, without user and password. If its server was started
   * with TLS, it has the parameters that have the driver insist on the server's certificate: {@code
   * sslmode=verify-full} and {@code sslrootcert}.
   *
   * @throws UnavailableException if its server does not run
   */
  public String getJdbcUrl() {
    BranchRecord live = live();
    return jdbcUrl(live, engine.servers().endpoint(live));
  }

  private String jdbcUrl(BranchRecord live, Endpoint endpoint) {
    return JdbcUrl.of(endpoint, getDatabaseName(), engine.servers().authority(live));
  }

  /**
   * The file with the certificate of the authority that clients of its server trust: {@code
   * PGSSLROOTCERT} for {@code psql}. Empty if its server was started without TLS.
   */
  public Optional<Path> certificateAuthority() {
    return engine.servers().authority(live());
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
    return JdbcUrl.DATABASE;
  }

  /** The superuser: {@code postgres}. */
  public String getUsername() {
    return RolePassword.SUPERUSER;
  }

  /**
   * The superuser's password: random, and this branch's alone, unless a {@link
   * dev.bpg.secret.PasswordProvider} is configured. It stays until {@link #rotatePassword()}.
   *
   * @throws UnavailableException if the branch was deleted
   */
  public String getPassword() {
    return engine.servers().password(live());
  }

  /**
   * Gives it another password, at once if its server runs, else with the next start; {@link
   * #getPassword()} says the new one from then on. Sessions go on, and so do connections of {@link
   * #dataSource()}, in other processes too. The server is told a SCRAM verifier, so that the
   * password is in no log. If this fails, the password is the one before; if the process is killed
   * meanwhile, it is the one or the other, and whoever opens the home, reads the password or starts
   * the server next has the server agree.
   *
   * @throws dev.bpg.error.BusyException if its server is starting or stopping
   * @throws dev.bpg.error.StartFailedException if the server cannot be told, because somebody took
   *     away the role {@code postgres}
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public Branch rotatePassword() {
    engine.servers().rotatePassword(record());
    return this;
  }

  /**
   * A source of connections as the superuser. It keeps none open, and finds the server again after
   * a restart on another port, and with another password. If the server was stopped for being idle,
   * asking for a connection starts it.
   */
  public DataSource dataSource() {
    return dataSource(Optional.empty());
  }

  DataSource dataSource(Optional<ReadySession> session) {
    return new ServerDataSource(
        this::wakingUrl, this::getPassword, () -> engine.servers().wake(live()), session);
  }

  private String wakingUrl() {
    BranchRecord live = live();
    return jdbcUrl(live, engine.servers().wakingEndpoint(live));
  }

  /**
   * Starts its server if it does not run, and returns when it takes connections.
   *
   * @throws dev.bpg.error.StartFailedException if Postgres refuses; its last lines are in the
   *     message
   */
  public Branch start() {
    engine.servers().start(record());
    return this;
  }

  /**
   * Stops its server if it runs: sessions are ended, nothing committed is lost.
   *
   * @throws dev.bpg.error.BusyException if it is still there after {@code server.stopTimeout}
   */
  public Branch stop() {
    engine.servers().stop(record());
    return this;
  }

  /** {@link #stop()} and {@link #start()} with nobody in between. */
  public Branch restart() {
    engine.servers().restart(record());
    return this;
  }

  /** Its live state, with the reason. Waits for nothing, connects to nothing, changes nothing. */
  public BranchStatus status() {
    return engine.servers().status(live());
  }

  /** Whether its server takes connections now. */
  public boolean isRunning() {
    return status().state() == BranchStatus.State.RUNNING;
  }

  /**
   * Whether anybody is connected to its server now, besides bpg itself. {@code false} if it does
   * not run. What is read is what the server's processes say of themselves, and the server is asked
   * only where that leaves doubt.
   *
   * @throws UnavailableException if it has to be asked, and does not answer
   */
  public boolean hasClients() {
    return engine.clients().exist(live());
  }

  /**
   * What the container of its server is made of, or would be made of, for who makes it himself; see
   * {@link BranchBuilder#prepare}. Makes what the container is to see of the machine.
   *
   * @throws dev.bpg.error.RefusedException if it does not run in a container
   */
  public ContainerSpec container() {
    return engine.servers().container(live());
  }

  /** The space it takes now, in bytes. */
  public SpaceUsage space() {
    return engine.servers().space(live());
  }

  /**
   * The limits of its space as they are now.
   *
   * @throws dev.bpg.error.RefusedException if its storage has none
   */
  public SpaceLimits limits() {
    return engine.servers().limits(live());
  }

  /**
   * Replaces the limits of its space; what is empty is lifted. Its server goes on running.
   *
   * @throws dev.bpg.error.RefusedException if its storage has none, if it takes more than the quota
   *     already, or if the reservation is more than there is
   */
  public void limit(SpaceLimits limits) {
    engine.servers().limit(record(), limits);
  }

  /** The last lines of its server's log, the oldest first. */
  public List<String> lastLogLines(int count) {
    return engine.servers().lastLogLines(live(), count);
  }

  /**
   * Takes a snapshot of it, consistent: see {@link BranchMode#CONSISTENT}.
   *
   * @param label what to call it; several may be called the same
   * @throws dev.bpg.error.RefusedException if it cannot be taken safely
   * @throws UnavailableException if the storage cannot: rights, space
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Snapshot snapshot(String label) {
    return snapshot(label, BranchMode.CONSISTENT);
  }

  /**
   * Takes a snapshot of it.
   *
   * @param mode how to take it while its server runs
   * @see #snapshot(String)
   */
  public Snapshot snapshot(String label, BranchMode mode) {
    SnapshotRequest request =
        new SnapshotRequest(record(), Optional.of(label), Optional.empty(), mode);
    return new Snapshot(
        engine, new SnapshotListing.Entry(engine.snapshots().create(request), record()));
  }

  /** Its snapshots, the oldest first. */
  public List<Snapshot> snapshots() {
    return engine
        .snapshots()
        .list()
        .where(entry -> entry.branch().isOrWas(record.id()))
        .entries()
        .stream()
        .map(entry -> new Snapshot(engine, entry))
        .toList();
  }

  /**
   * Marks its present state, to {@link #rewindTo} it later, as often as wanted. Sessions go on;
   * what is not committed is not in the mark. Marks are the branch's own: no {@link #snapshots()}
   * and not touched by their clean-up, not inherited by branches of it, and gone with it.
   *
   * @param name what to call the mark
   * @throws dev.bpg.error.AlreadyExistsException if it has a mark of that name
   * @throws dev.bpg.error.RefusedException if the name is blank
   * @throws UnavailableException if the storage cannot: rights, space
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Branch mark(String name) {
    engine.snapshots().mark(record(), name);
    return this;
  }

  /** The names of its marks, the oldest first. */
  public List<String> marks() {
    return engine.snapshots().marks(record());
  }

  /**
   * Gives up a mark, and the space that it takes.
   *
   * @throws dev.bpg.error.NotFoundException if it has no such mark
   */
  public void deleteMark(String name) {
    engine.snapshots().deleteMark(record(), name);
  }

  /**
   * Sets it back to a mark: its data, its roles, its sequences, all that was there then and nothing
   * that came later. All marks stay, those made later too, so that one can go to and fro. Name,
   * port and password stay; {@link #id()} is another one. Its server is replaced, which ends open
   * connections; {@link #dataSource()} opens new ones, and a pool does so when it finds the old
   * ones broken. If anything fails, the branch stays what it was, with its server running if it
   * ran.
   *
   * @param mark the mark's name
   * @param options {@link ResetOption#FORCE} also deletes branches that were made of it, which it
   *     is refused with otherwise
   * @throws dev.bpg.error.NotFoundException if it has no such mark, or does not exist any more
   * @throws dev.bpg.error.BusyException if something was made from it, which the message names
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Branch rewindTo(String mark, ResetOption... options) {
    return reset(ResetRequest.Source.MARK, Optional.of(mark), options);
  }

  /** The archive of its WAL. */
  public BranchArchive archive() {
    return new BranchArchive(engine, record());
  }

  /**
   * From when to when it can be recovered, by {@link BranchBuilder#at(Instant)}; empty if not at
   * all.
   */
  public Optional<RecoveryWindow> recoveryWindow() {
    return archive().recoveryWindow();
  }

  /**
   * Gives it its parent's present data; what was changed here is lost. Name, port and password
   * stay; {@link #id()} is another one, and earlier snapshots remain its own. The new data is
   * taken, and a server tried on it, while this one goes on running; sessions end at the swap. If
   * anything fails the branch stays as it was.
   *
   * @param options how; by default the parent's data is taken consistently, and a branch that
   *     others were made from is refused
   * @throws dev.bpg.error.BusyException if something was made from it, which the message names
   * @throws dev.bpg.error.RefusedException if it is a main branch
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public Branch reset(ResetOption... options) {
    return reset(ResetRequest.Source.PARENT, Optional.empty(), options);
  }

  /**
   * Like {@link #reset}, to a snapshot of its parent or of its own.
   *
   * @param snapshot its id or its label: of several, the newest
   * @throws dev.bpg.error.NotFoundException if there is no such snapshot
   */
  public Branch resetTo(String snapshot, ResetOption... options) {
    return reset(ResetRequest.Source.SNAPSHOT, Optional.of(snapshot), options);
  }

  /**
   * Like {@link #reset}, to the snapshot that it was made of.
   *
   * @throws dev.bpg.error.RefusedException if it is a main branch, or was not made of a snapshot
   */
  public Branch resetToOrigin(ResetOption... options) {
    return reset(ResetRequest.Source.ORIGIN, Optional.empty(), options);
  }

  /**
   * Like {@link #reset}, to a snapshot of its own. Main branches can be rolled back too.
   *
   * @param snapshot its id or its label: of several, the newest
   * @throws dev.bpg.error.NotFoundException if it has no such snapshot
   */
  public Branch rollbackTo(String snapshot, ResetOption... options) {
    return reset(ResetRequest.Source.OWN_SNAPSHOT, Optional.of(snapshot), options);
  }

  private Branch reset(
      ResetRequest.Source source, Optional<String> snapshot, ResetOption... options) {
    List<ResetOption> given = List.of(options);
    BranchMode mode = given.contains(ResetOption.FAST) ? BranchMode.FAST : BranchMode.CONSISTENT;
    boolean force = given.contains(ResetOption.FORCE);
    record = engine.reset(new ResetRequest(record(), source, snapshot, mode, force));
    return this;
  }

  /**
   * Gives it another name within its database. Its server goes on running; sessions, port, password
   * and snapshots stay as they are.
   *
   * @param name the new name, such as {@code dev}
   * @throws dev.bpg.error.AlreadyExistsException if the name is taken
   * @throws dev.bpg.error.RefusedException if it breaks the rule of {@link BranchName}, or this is
   *     a main branch, which is called so
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public Branch rename(String name) {
    record = engine.rename(record(), name);
    return this;
  }

  /**
   * Makes it its database's main branch. The present main branch takes its name and becomes a child
   * of it; all others keep their parents. Servers go on running, each with its port and password.
   * The new main branch does not expire.
   *
   * @throws dev.bpg.error.RefusedException if it is a main branch or temporary
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public Branch promote() {
    record = engine.promote(record());
    return this;
  }

  /**
   * Makes it the main branch of a database of its own, to which all its descendants go too, under
   * their names. Servers go on running, each with its port and password. It does not expire.
   *
   * @param database the new database's name
   * @throws dev.bpg.error.AlreadyExistsException if the name is taken
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}, or
   *     this is a main branch or temporary
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public Branch promoteTo(String database) {
    record = engine.promoteTo(record(), database);
    return this;
  }

  /** Begins to describe a branch of this one. */
  public BranchBuilder branch() {
    return new BranchBuilder(engine, live().name());
  }

  /**
   * Stops its server and deletes it.
   *
   * @throws dev.bpg.error.BusyException if it has children, which the message names
   * @throws dev.bpg.error.RefusedException if it is a main branch, or protected
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.deletions().branch(record(), false);
  }

  /**
   * {@link #delete()}, with all its descendants, the deepest first. Nothing is deleted if one of
   * them is protected.
   */
  public void forceDelete() {
    engine.deletions().branch(record(), true);
  }

  /**
   * What differs in the database {@code postgres} between another branch, usually the parent, and
   * this one: see {@link #diff(Branch, DiffOptions)}.
   */
  public BranchDiff diff(Branch other) {
    return diff(other, DiffOptions.defaults());
  }

  /**
   * What differs between another branch, usually the parent, and this one: what was added is here
   * and not there. Nothing is written to either, and nobody is kept from writing; each is read as
   * it is at one instant. Takes one pass over each table in both servers at once; memory here does
   * not depend on the number of rows.
   *
   * @param other the branch to compare with; both have to run
   * @throws UnavailableException if one of them does not run
   * @throws dev.bpg.error.NotFoundException if one of them has no database of that name
   * @throws dev.bpg.error.BusyException if a statement takes longer than allowed, or a schema is
   *     changed meanwhile
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public BranchDiff diff(Branch other, DiffOptions options) {
    return Comparison.of(other.side(), side(), options);
  }

  /**
   * What was changed here since it got its data: {@link #diff(Branch, DiffOptions)} with what it
   * was made of. That is the snapshot that it was made of, or else its parent as it is now, which
   * should not have been changed meanwhile. Rewinding to a mark does not change it. Of a snapshot,
   * and of a parent that is stopped or is masked, a temporary branch is made for as long as the
   * reader reads.
   *
   * @param options as for a difference
   * @param reader makes something of the difference; its rows can be read in there only
   * @return what the reader made of it
   * @throws dev.bpg.error.RefusedException if it is a main branch, or was recovered to a time
   * @throws dev.bpg.error.NotFoundException if its parent does not exist any more
   * @throws UnavailableException if it does not run
   * @throws dev.bpg.error.BusyException if a statement takes longer than allowed, or a schema is
   *     changed meanwhile
   * @throws dev.bpg.error.CancelledException if the thread is interrupted
   */
  public <T> T changes(DiffOptions options, Function<BranchDiff, T> reader) {
    try (Baseline baseline = Baseline.of(engine, record())) {
      return reader.apply(diff(baseline.branch(), options));
    }
  }

  private Side side() {
    return new Side(name(), database -> engine.clients().superuser(live(), database));
  }

  Engine engine() {
    return engine;
  }

  /** What every operation works on. */
  BranchRecord record() {
    return record;
  }

  // Somebody else may have reset it, which gives it another id.
  private BranchRecord live() {
    return engine.branches().latest(record());
  }

  private Endpoint endpoint() {
    return engine.servers().endpoint(live());
  }

  /** {@code branch api/dev}. */
  @Override
  public String toString() {
    return "branch " + name();
  }
}
