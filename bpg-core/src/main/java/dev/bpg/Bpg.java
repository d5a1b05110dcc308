package dev.bpg;

import dev.bpg.config.BpgConfig;
import dev.bpg.error.NotFoundException;
import dev.bpg.event.BpgListener;
import dev.bpg.event.Subscription;
import dev.bpg.health.Description;
import dev.bpg.health.DoctorReport;
import dev.bpg.health.Orphan;
import dev.bpg.internal.Assembly;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.model.BranchName;
import dev.bpg.model.PoolLimits;
import java.util.List;
import java.util.function.Predicate;

/**
 * A home folder with databases and their branches, opened.
 *
 * <p>Most programs use {@link Databases} and {@link Branches}, which work on {@link #shared()}. A
 * service that wants a configuration of its own opens its own:
 *
 * <pre>{@code
 * try (Bpg bpg = Bpg.open(BpgConfig.builder().home(Path.of("/srv/bpg")).build())) {
 *   Branch branch = bpg.from("api/main").fast().create();
 * }
 * }</pre>
 *
 * <p>Several of these, in one process or in many, may have the same home open. Instances are safe
 * for use by several threads. An operation whose thread is interrupted throws {@link
 * dev.bpg.error.CancelledException} and leaves nothing behind.
 */
public final class Bpg implements AutoCloseable {

  private final Assembly assembly;
  private final BpgConfig config;

  private Bpg(BpgConfig config) {
    this.config = config;
    this.assembly = Assembly.open(config);
  }

  /**
   * The one that {@link Databases} and {@link Branches} use, opened at the first call with {@link
   * BpgConfig#load()}. It is not to be closed: temporary branches that are left when the JVM ends
   * are deleted after it.
   *
   * @throws dev.bpg.error.BpgException if the configuration is wrong or the home cannot be opened
   */
  public static Bpg shared() {
    return SharedBpg.get();
  }

  /**
   * Begins to open the {@link #shared()} one in the background, for a program that will want it in
   * a moment: that takes a young JVM some hundred milliseconds. Of the template that was used last,
   * of those whose last user worked in this process's working directory, a branch is started, for
   * {@link #pool}s with these limits and without settings of their own. Does nothing if the home is
   * not there yet, and when it is called again. If the home cannot be opened, whoever calls {@link
   * #shared()} is told; why no branch was started is logged only.
   *
   * @param limits how far the pool may go; with {@code 0} ahead, nothing is started
   */
  public static void openAhead(PoolLimits limits) {
    SharedBpg.openAhead(limits);
  }

  /**
   * Opens the home that {@link BpgConfig#load()} names.
   *
   * @throws dev.bpg.error.BpgException if the configuration is wrong or the home cannot be opened
   */
  public static Bpg open() {
    return open(BpgConfig.load());
  }

  /**
   * Opens a home. What processes that died left half done there is undone first.
   *
   * @throws dev.bpg.error.UnavailableException if the home cannot be made or written to
   */
  public static Bpg open(BpgConfig config) {
    return new Bpg(config);
  }

  /**
   * Creates a database with the defaults: see {@link DatabaseBuilder#create()}.
   *
   * @param name the database's name, such as {@code api}
   */
  public Database createDatabase(String name) {
    return newDatabase(name).create();
  }

  /**
   * Begins to describe a new database.
   *
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public DatabaseBuilder newDatabase(String name) {
    return new DatabaseBuilder(engine(), config, BranchName.main(name));
  }

  /**
   * A database that exists.
   *
   * @throws NotFoundException if it does not exist
   */
  public Database getDatabase(String name) {
    return new Database(engine(), engine().branches().get(BranchName.main(name)));
  }

  /** All databases, by name. */
  public List<Database> listDatabases() {
    return engine().branches().list().stream()
        .filter(record -> record.name().isMain())
        .map(record -> new Database(engine(), record))
        .toList();
  }

  /**
   * Gives a database another name.
   *
   * @throws NotFoundException if it does not exist
   * @throws dev.bpg.error.AlreadyExistsException if the new name is taken
   * @see Database#rename
   */
  public Database renameDatabase(String name, String newName) {
    return getDatabase(name).rename(newName);
  }

  /**
   * Deletes a database with all its branches.
   *
   * @throws NotFoundException if it does not exist
   */
  public void deleteDatabase(String name) {
    engine().deletions().database(name);
  }

  /**
   * Begins to describe a branch of another one.
   *
   * @param parent the parent's name, such as {@code api/main}
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public BranchBuilder from(String parent) {
    return new BranchBuilder(engine(), BranchName.parse(parent));
  }

  /**
   * Temporary branches that are started ahead. Pools of the same source, snapshot, settings and
   * limits of space are one; the limits given last apply.
   *
   * @param branch what the branches are to be
   * @param limits how far the pool may go
   * @throws NotFoundException if the source, or the snapshot of it, does not exist
   * @throws dev.bpg.error.RefusedException if the branch has a name, or is of a point in time
   */
  public BranchPool pool(BranchBuilder branch, PoolLimits limits) {
    return new BranchPool(engine(), assembly.pools(), branch.pooled(), limits);
  }

  /**
   * A branch that exists.
   *
   * @param name its name, such as {@code api/dev}
   * @throws NotFoundException if it does not exist
   */
  public Branch getBranch(String name) {
    return branch(engine().branches().get(BranchName.parse(name)));
  }

  /** All branches of all databases, by name, temporary ones and main ones included. */
  public List<Branch> listBranches() {
    return engine().branches().list().stream().map(this::branch).toList();
  }

  /** All branches of a database, by name; empty if it does not exist. */
  public List<Branch> listBranches(String database) {
    return engine().branches().list(database).stream().map(this::branch).toList();
  }

  /**
   * A snapshot that exists.
   *
   * @param id its id
   * @throws NotFoundException if it does not exist
   */
  public Snapshot getSnapshot(String id) {
    return snapshots(entry -> entry.snapshot().id().value().equals(id)).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "find snapshot",
                    id,
                    "it does not exist",
                    "list what exists with Snapshots.list()"));
  }

  /** All snapshots of all branches, the oldest first. */
  public List<Snapshot> listSnapshots() {
    return snapshots(entry -> true);
  }

  /** All snapshots of a database's branches, the oldest first; empty if it does not exist. */
  public List<Snapshot> listSnapshots(String database) {
    BranchName.main(database);
    return snapshots(entry -> entry.branch().name().database().equals(database));
  }

  /**
   * Begins to describe a branch of a snapshot.
   *
   * @param id the snapshot's id
   * @throws NotFoundException if it does not exist
   */
  public BranchBuilder fromSnapshot(String id) {
    return getSnapshot(id).newBranch();
  }

  /**
   * Begins to describe a schedule, by which snapshots of a branch are taken.
   *
   * @param name what to call it, by the rule of a branch's name
   * @param branch the branch, such as {@code api/main}
   * @throws dev.bpg.error.RefusedException if a name breaks the rule of {@link BranchName}
   */
  public ScheduleBuilder newSchedule(String name, String branch) {
    return new ScheduleBuilder(engine(), name, BranchName.parse(branch));
  }

  /**
   * A schedule that exists.
   *
   * @throws NotFoundException if it does not exist
   */
  public Schedule getSchedule(String name) {
    return new Schedule(engine(), engine().schedules().get(name));
  }

  /** All schedules, by name. */
  public List<Schedule> listSchedules() {
    return engine().schedules().list().stream()
        .map(record -> new Schedule(engine(), record))
        .toList();
  }

  /**
   * Runs the schedules that are due now, as this does by itself while it is open: for a process
   * that is started by another scheduler. A run that fails is logged, and recorded in its schedule.
   *
   * @return the snapshots that were taken
   */
  public List<Snapshot> runDueSchedules() {
    return engine().schedules().runDue().entries().stream()
        .map(entry -> new Snapshot(engine(), entry))
        .toList();
  }

  /** Begins to describe which snapshots are to go. */
  public SnapshotCleanup cleanUpSnapshots() {
    return new SnapshotCleanup(this::listSnapshots);
  }

  /**
   * Has a listener told of everything that is done through this from now on, or fails: see {@link
   * BpgListener} for how. Costs nothing while there is none. {@link #close()} gives listeners up to
   * 2 seconds to hear the last.
   *
   * @return what ends it
   */
  public Subscription addListener(BpgListener listener) {
    return engine().listen(listener);
  }

  /** How many events were dropped so far because 1024 others waited for listeners. */
  public long droppedEvents() {
    return engine().droppedEvents();
  }

  /**
   * Looks at everything that bpg rests on: the machine, the home folder, rights, each storage,
   * Postgres binaries, Docker, the records, the branches, orphans. Throws nothing for what it finds
   * or cannot look at: that is in the report, which prints well. Tries the storages in folders that
   * are gone afterwards, and unpacks embedded binaries if they were not; changes nothing else.
   */
  public DoctorReport doctor() {
    return assembly.examine();
  }

  /**
   * What new databases get here, and why: storage, server runtime, Postgres; and where the
   * configuration came from. Picks them if no database was made yet. Throws nothing for what is
   * missing: the description says so.
   */
  public Description describe() {
    return assembly.describe();
  }

  /**
   * Asks the Docker daemon whether it is there, which servers in containers need, and waits up to
   * 12 seconds for it.
   *
   * @throws dev.bpg.error.UnavailableException if it is not; the reason says what is missing
   */
  public void requireDocker() {
    engine().requireContainers();
  }

  /**
   * What carries an id of bpg's making and is in no record: volumes, servers, passwords, locks that
   * a lost or restored catalog left behind. Changes nothing; {@link #removeOrphans()} removes it.
   * What bpg did not make, what another home made, and what somebody makes at this moment is never
   * among them. Volumes in a folder that several homes share are left out.
   *
   * @throws dev.bpg.error.UnavailableException if a record cannot be read: what it names would seem
   *     to be nobody's
   */
  public List<Orphan> orphans() {
    return engine().orphans();
  }

  /**
   * Removes what {@link #orphans()} lists: servers are ended at once, volumes are deleted with all
   * that is in them. It cannot be undone.
   *
   * @return what was removed
   * @throws dev.bpg.error.UnavailableException if a record cannot be read, or something could not
   *     be removed
   */
  public List<Orphan> removeOrphans() {
    return engine().removeOrphans();
  }

  /** Whether it was opened with such a configuration. */
  boolean isOf(BpgConfig other) {
    return config.equals(other);
  }

  /** Starts a branch of the template that was used last from here, for whoever wants it. */
  void startLastUsed(PoolLimits limits) {
    engine()
        .lastUsedTemplate()
        .map(found -> new Template(engine(), found))
        .ifPresent(template -> pool(template.branch(), limits).haveOne());
  }

  private List<Snapshot> snapshots(Predicate<SnapshotListing.Entry> condition) {
    return engine().snapshots().list().where(condition).entries().stream()
        .map(entry -> new Snapshot(engine(), entry))
        .toList();
  }

  private Branch branch(BranchRecord record) {
    return new Branch(engine(), record);
  }

  private Engine engine() {
    return assembly.engine();
  }

  /**
   * Deletes the temporary branches that were made here and are left, and waits for it. Servers of
   * permanent branches keep running. What was obtained from here must not be used any more.
   */
  @Override
  public void close() {
    assembly.close();
  }
}
