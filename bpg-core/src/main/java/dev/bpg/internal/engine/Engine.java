package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.event.BpgListener;
import dev.bpg.event.Subscription;
import dev.bpg.health.Orphan;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.postgres.KeptSessions;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.CloneScript;
import dev.bpg.model.ContainerSpec;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that bpg does, for the public API to call. Safe for use by several threads; what it does is
 * safe against other processes on the same home.
 *
 * <p>Every operation throws {@link dev.bpg.error.CancelledException} when its thread is
 * interrupted, and leaves nothing behind when it fails.
 */
public final class Engine {

  private final Parts parts;
  private final Background background;
  private final Removal removal;
  private final KeptSessions sessions;
  private final DatabaseCreation databases;
  private final BranchCreation branches;
  private final Adoption adoption;
  private final Reuse reuse;
  private final BranchSessions clients;
  private final BranchServers servers;
  private final PasswordRotation passwordRotation;
  private final SnapshotCreation snapshots;
  private final Marks marks;
  private final BranchArchives archives;
  private final Changes changes;
  private final Reset resets;
  private final ExistingBranches existing;
  private final Relocation relocation;
  private final Expiry expiry;
  private final BranchPolicies policies;
  private final BranchHealth health;
  private final IdleStop idleStop;
  private final BranchSchedules schedules;
  private final Map<BranchId, BranchRecord> temporaries = new ConcurrentHashMap<>();
  private final Map<BranchId, BranchRecord> closing = new ConcurrentHashMap<>();

  /**
   * An engine over these parts.
   *
   * @param owner gives this process's lease, taking it out at the first call
   */
  public Engine(Parts parts, Removal removal, Background background, Supplier<String> owner) {
    this.parts = parts;
    this.background = background;
    this.removal = removal;
    Passwords passwords = new Passwords(PasswordSource.of(parts), background.tasks());
    NewBranch newBranch = new NewBranch(parts, removal, passwords, background.tasks());
    this.databases = new DatabaseCreation(parts, newBranch);
    this.sessions = new KeptSessions(background.timer());
    Backups backups = new Backups(background, sessions);
    this.branches = new BranchCreation(parts, newBranch, owner, backups);
    this.adoption = new Adoption(parts, owner);
    this.snapshots = new SnapshotCreation(parts, backups, new SnapshotRemoval(parts));
    this.marks = new Marks(parts, snapshots);
    this.servers = new BranchServers(parts, passwords);
    this.passwordRotation = new PasswordRotation(parts, passwords);
    this.reuse = new Reuse(parts, servers, passwordRotation);
    this.clients = new BranchSessions(parts, servers, passwordRotation);
    this.changes = new Changes(background.events(), parts.clock());
    this.archives =
        new BranchArchives(parts, new Archiving(parts, servers, snapshots, sessions), changes);
    this.expiry = new Expiry(parts, background, removal, changes);
    this.policies = new BranchPolicies(parts);
    this.health = new BranchHealth(parts);
    this.idleStop = new IdleStop(parts, background, changes);
    this.schedules =
        new BranchSchedules(parts, new Schedules(parts, snapshots, changes, background), this);
    this.resets = new Reset(parts, removal, passwords, backups);
    this.existing = new ExistingBranches(parts);
    this.relocation = new Relocation(parts, removal);
  }

  /** The WAL archives of its branches. */
  public BranchArchives archives() {
    return archives;
  }

  /** The schedules of its snapshots. */
  public BranchSchedules schedules() {
    return schedules;
  }

  /** The sessions of clients. */
  public BranchSessions clients() {
    return clients;
  }

  /** What makes a branch fit for somebody else than it was made for. */
  public Reuse reuse() {
    return reuse;
  }

  /** Makes a database and its main branch. */
  public BranchRecord createDatabase(DatabaseRequest request) {
    return changes.branch(
        Kind.DATABASE_CREATED,
        "create database",
        request.name().database(),
        () -> databases.create(request));
  }

  /** The snapshot that branches of a template are made of, and its main branch. */
  public SnapshotListing.Entry template(TemplateRequest request) {
    return Attempt.to(
        "make template",
        request.database().name().database(),
        () -> new Templates(parts, this, background).get(request));
  }

  /** The template that was used last from this process's working directory, if it is there. */
  public Optional<SnapshotListing.Entry> lastUsedTemplate() {
    return Attempt.to(
        "find", "the last template", () -> new Templates(parts, this, background).lastUsed());
  }

  /** Makes other first data for a database, which takes its main branch's place. */
  public BranchRecord refreshDatabase(BranchRecord main, DatabaseRequest request) {
    BranchRecord next =
        changes.branch(
            Kind.DATABASE_REFRESHED,
            "refresh database",
            request.name().database(),
            () -> new Refresh(parts, databases, relocation, removal).run(main, request));
    watch(next);
    return next;
  }

  /** Makes a branch. */
  public BranchRecord createBranch(BranchRequest request) {
    BranchRecord created =
        changes.branch(
            Kind.BRANCH_CREATED, "branch", request.parent(), () -> branches.create(request));
    return watched(created);
  }

  /** Makes the data of a branch whose server somebody else starts in a container. */
  public PreparedServer prepareBranch(BranchRequest request, Optional<String> image) {
    return Attempt.to("branch", request.parent(), () -> branches.prepare(request, image));
  }

  /** Asks what makes containers whether it is there. */
  public void requireContainers() {
    ContainerBuild.runtime(parts).requireDaemon();
  }

  /** Makes such a branch one like any other, now that its container runs. */
  public BranchRecord complete(PreparedServer prepared) {
    return watched(
        changes.branch(
            Kind.BRANCH_CREATED, "branch", prepared.parent().name(), prepared::complete));
  }

  /** What the container of a branch that exists is made of. */
  public ContainerSpec container(BranchRecord branch) {
    return Attempt.to("describe the container of", branch.name(), () -> servers.container(branch));
  }

  private BranchRecord watched(BranchRecord created) {
    if (created.temporary()) {
      temporaries.put(created.id(), created);
    }
    expiry.watch(created);
    idleStop.watch(created);
    return created;
  }

  /** The branch of a name. */
  public BranchRecord get(BranchName name) {
    return Attempt.to("find branch", name, () -> parts.catalog().find(name))
        .filter(record -> record.state() == State.READY)
        .orElseThrow(
            () ->
                new NotFoundException(
                    name.isMain() ? "find database" : "find branch",
                    name.isMain() ? name.database() : name.toString(),
                    "it does not exist",
                    name.isMain()
                        ? "create it with Databases.create(\"" + name.database() + "\")"
                        : "list what exists with Branches.list()"));
  }

  /** All branches that are there, by name. */
  public List<BranchRecord> list() {
    return ready("list", "all branches", () -> parts.catalog().list());
  }

  /** All branches of a database that are there, by name. */
  public List<BranchRecord> list(String database) {
    BranchName.main(database);
    return ready("list the branches of", database, () -> parts.catalog().list(database));
  }

  private static List<BranchRecord> ready(
      String operation, String subject, Attempt.Action<List<BranchRecord>> listing) {
    return Attempt.to(operation, subject, listing).stream()
        .filter(record -> record.state() == State.READY)
        .toList();
  }

  /** Takes a snapshot of a branch. */
  public SnapshotRecord createSnapshot(SnapshotRequest request) {
    return changes.snapshot(
        Kind.SNAPSHOT_TAKEN,
        "take a snapshot of",
        request.branch().name(),
        () -> snapshots.create(request));
  }

  /** Marks a branch as it is now. */
  public void mark(BranchRecord branch, String name) {
    changes.snapshot(
        Kind.SNAPSHOT_TAKEN, "mark branch", branch.name(), () -> marks.create(branch, name));
  }

  /** The names of a branch's marks, the oldest first. */
  public List<String> marks(BranchRecord branch) {
    return Attempt.to("list the marks of", branch.name(), () -> marks.names(branch));
  }

  /** Deletes a mark of a branch. */
  public void deleteMark(BranchRecord branch, String name) {
    changes.snapshot(
        Kind.SNAPSHOT_DELETED, "delete a mark of", branch.name(), () -> marks.delete(branch, name));
  }

  /** The snapshots that are there, of all branches. */
  public SnapshotListing snapshots() {
    return Attempt.to("list", "all snapshots", () -> SnapshotListing.of(parts));
  }

  /** Deletes a snapshot. */
  public void delete(SnapshotRecord snapshot) {
    changes.one(
        Kind.SNAPSHOT_DELETED,
        "delete snapshot",
        snapshot.id(),
        snapshot.id(),
        () ->
            run(
                () -> {
                  new SnapshotRemoval(parts).delete(snapshot);
                }));
  }

  /** Deletes a branch; with force, all its descendants too. */
  public void delete(BranchRecord branch, boolean force) {
    changes.deletion(
        Kind.BRANCH_DELETED,
        "delete branch",
        branch.name(),
        deleted -> {
          deleteQueuedChildren(branch, deleted);
          removal.delete(branch, force, deleted);
          return branch;
        });
  }

  // Whoever closes a temporary branch is done with it, and may delete its parent right after.
  private void deleteQueuedChildren(BranchRecord parent, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    for (BranchRecord closed : closing.values()) {
      if (closed.parent().filter(p -> p.id().equals(parent.id())).isPresent()) {
        removal.deleteTemporary(closed, deleted);
      }
    }
  }

  /** Deletes a temporary branch soon, off the caller's path. */
  public void deleteSoon(BranchRecord branch) {
    closing.put(branch.id(), branch);
    background.delete(
        branch.name(),
        () -> {
          try {
            changes.deletion(
                Kind.BRANCH_DELETED,
                "delete branch",
                branch.name(),
                deleted -> removal.deleteTemporary(branch, deleted));
            temporaries.remove(branch.id());
          } finally {
            closing.remove(branch.id());
          }
        });
  }

  /** Deletes a database with all its branches. */
  public void deleteDatabase(String name) {
    deleteDatabase(get(BranchName.main(name)), true);
  }

  /**
   * Deletes a temporary branch of this process now, with all that was made from it.
   *
   * @return whether it was there, and temporary, and this process's
   */
  public boolean deleteTemporary(BranchRecord branch) {
    boolean deleted =
        changes.deletion(
            Kind.BRANCH_DELETED,
            "delete branch",
            branch.name(),
            gone -> removal.deleteTemporary(branch, gone));
    temporaries.remove(branch.id());
    return deleted;
  }

  /** Makes a temporary branch of another process one of this process, if it may be had. */
  public Optional<BranchRecord> adopt(BranchRecord branch, Adoption.Claim claim) {
    Optional<BranchRecord> adopted =
        Attempt.to("take over branch", branch.name(), () -> adoption.adopt(branch, claim));
    adopted.ifPresent(record -> temporaries.put(record.id(), record));
    return adopted;
  }

  /** The branch of a name and an id; empty if it is not there. */
  public Optional<BranchRecord> find(BranchName name, BranchId id) {
    return Attempt.to("find branch", name, () -> parts.catalog().find(name))
        .filter(record -> record.state() == State.READY && record.isOrWas(id));
  }

  /** The branch that a request is for a branch of. */
  public BranchRecord parent(BranchRequest request) {
    return Attempt.to("branch", request.parent(), () -> branches.parent(request));
  }

  /** The snapshot of its parent that a request names; empty if it names none. */
  public Optional<SnapshotRecord> snapshot(BranchRequest request, BranchRecord parent) {
    return request
        .snapshot()
        .map(
            wanted ->
                Attempt.to(
                    "branch", request.parent(), () -> CloneSource.find(parts, parent, wanted)));
  }

  /** Deletes one incarnation of a database, unless something was branched from it. */
  public void deleteUnlessBranched(BranchRecord main) {
    deleteDatabase(main, false);
  }

  private void deleteDatabase(BranchRecord main, boolean force) {
    String name = main.name().database();
    boolean wasThere =
        changes.deletion(
            Kind.DATABASE_DELETED,
            "delete database",
            name,
            deleted -> removal.deleteDatabase(main, force, deleted));
    if (!wasThere) {
      throw new NotFoundException(
          "delete database",
          name,
          "it does not exist any more",
          "list what exists with Databases.list()");
    }
  }

  /** Gives a branch another name within its database. */
  public BranchRecord rename(BranchRecord branch, String name) {
    return changed(
        branch,
        changes.branch(
            Kind.BRANCH_RENAMED,
            "rename branch",
            branch.name(),
            () -> relocation.rename(branch, name)));
  }

  /** Gives a main branch's database another name. */
  public BranchRecord renameDatabase(BranchRecord main, String name) {
    return changed(
        main,
        changes.branch(
            Kind.DATABASE_RENAMED,
            "rename database",
            main.name().database(),
            () -> relocation.renameDatabase(main, name)));
  }

  /** Makes a branch its database's main branch, which takes its name. */
  public BranchRecord promote(BranchRecord branch) {
    return changed(
        branch,
        changes.branch(
            Kind.BRANCH_PROMOTED,
            "promote branch",
            branch.name(),
            () -> relocation.promote(branch)));
  }

  /** Makes a branch the main branch of a new database, to which its descendants go too. */
  public BranchRecord promoteTo(BranchRecord branch, String database) {
    return changed(
        branch,
        changes.branch(
            Kind.BRANCH_PROMOTED,
            "promote branch",
            branch.name(),
            () -> relocation.promoteTo(branch, database)));
  }

  /** Gives a branch other data under the same name, port and password. */
  public BranchRecord reset(ResetRequest request) {
    BranchRecord branch = request.branch();
    BranchRecord after =
        changes.branch(
            Kind.BRANCH_RESET,
            request.operation(),
            branch.name(),
            () -> resets.reset(request, changes.deletions()));
    archives.goOn(after);
    resets.settleSoon(after, background);
    return changed(branch, after);
  }

  private BranchRecord changed(BranchRecord before, BranchRecord after) {
    if (temporaries.remove(before.id()) != null) {
      temporaries.put(after.id(), after);
    }
    expiry.watch(after);
    return after;
  }

  /** The branch that a branch was made from, whatever it is called now. */
  public BranchRecord parentOf(String operation, BranchRecord branch) {
    return Attempt.to(operation, branch.name(), () -> existing.parent(operation, branch));
  }

  /** The branch as it is now, or as it was last if it is gone. */
  public BranchRecord latest(BranchRecord branch) {
    return Attempt.to("find branch", branch.name(), () -> existing.locate(branch)).orElse(branch);
  }

  /** The main branch of a database, which may have been another one, or that one if it is gone. */
  public BranchRecord mainOf(BranchRecord main) {
    BranchName name = BranchName.main(latest(main).name().database());
    return Attempt.to("find database", name.database(), () -> parts.catalog().find(name))
        .filter(record -> record.state() == State.READY)
        .orElse(main);
  }

  /** Starts a branch's server unless it runs. */
  public void start(BranchRecord branch) {
    changes.one(
        Kind.SERVER_STARTED,
        "start branch",
        branch.name(),
        branch.id(),
        () -> servers.start(branch));
  }

  /** Stops a branch's server if it runs. */
  public void stop(BranchRecord branch) {
    changes.one(
        Kind.SERVER_STOPPED, "stop branch", branch.name(), branch.id(), () -> servers.stop(branch));
  }

  /** Stops a branch's server if it runs, and starts it. */
  public void restart(BranchRecord branch) {
    changes.one(
        Kind.SERVER_RESTARTED,
        "restart branch",
        branch.name(),
        branch.id(),
        () -> run(() -> servers.restart(branch)));
  }

  /** Makes a temporary branch permanent. */
  public BranchRecord keep(BranchRecord branch) {
    BranchRecord kept =
        changes.branch(Kind.BRANCH_KEPT, "keep branch", branch.name(), () -> servers.keep(branch));
    temporaries.remove(branch.id());
    return kept;
  }

  /** The live state of a branch. */
  public BranchStatus status(BranchRecord branch) {
    return Attempt.to("read the state of", branch.name(), () -> health.of(branch));
  }

  /** Where a branch's server listens. */
  public Endpoint endpoint(BranchRecord branch) {
    return servers.endpoint(branch);
  }

  /** The superuser's password of a branch. */
  public String password(BranchRecord branch) {
    return Attempt.to(
        "read the password of", branch.name(), () -> passwordRotation.password(branch));
  }

  /** Gives a branch another password. */
  public void rotatePassword(BranchRecord branch) {
    changes.branch(
        Kind.PASSWORD_ROTATED,
        "rotate the password of",
        branch.name(),
        () -> passwordRotation.rotate(branch));
  }

  /** The certificate of the authority that clients of a branch's server trust, if it has TLS. */
  public Optional<Path> authority(BranchRecord branch) {
    return Attempt.to(
        "read the certificate of", branch.name(), () -> new ServerTls(parts).authority(branch));
  }

  /** The space a branch takes. */
  public SpaceUsage space(BranchRecord branch) {
    return servers.space(branch);
  }

  /** The limits of a branch's space. */
  public SpaceLimits limits(BranchRecord branch) {
    return servers.limits(branch);
  }

  /** Replaces the limits of a branch's space. */
  public void limit(BranchRecord branch, SpaceLimits limits) {
    Attempt.to("limit the space of", branch.name(), () -> run(() -> servers.limit(branch, limits)));
  }

  /** The last lines of a branch's server log. */
  public List<String> lastLogLines(BranchRecord branch, int count) {
    return servers.lastLogLines(branch, count);
  }

  /** Has a listener told of every change from now on. */
  public Subscription listen(BpgListener listener) {
    return background.events().add(listener);
  }

  /** How many changes were not told because listeners were too slow. */
  public long droppedEvents() {
    return background.events().dropped();
  }

  /** What carries an id of ours and is in no record. */
  public List<Orphan> orphans() {
    return Attempt.to("look for", "orphans", () -> new Orphans(parts).find());
  }

  /** Removes all that carries an id of ours and is in no record. */
  public List<Orphan> removeOrphans() {
    return Attempt.to("remove", "orphans", () -> new Orphans(parts).remove());
  }

  /** What is to be done with a branch while nobody asks for it, as of now. */
  public BranchPolicy policy(BranchRecord branch) {
    return Attempt.to("read the policy of", branch.name(), () -> policies.of(branch));
  }

  /** The same; empty if the branch does not exist any more. */
  public Optional<BranchPolicy> policyIfThere(BranchRecord branch) {
    try {
      return Optional.of(policy(branch));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Has every deletion of a branch refused, or no longer. */
  public void protect(BranchRecord branch, boolean on) {
    Attempt.to(
        on ? "protect branch" : "unprotect branch",
        branch.name(),
        () -> policies.protect(branch, on));
  }

  /** Changes the time after which a branch is deleted, from now; empty for never. */
  public void expireAfter(BranchRecord branch, Optional<Duration> time) {
    expiry.watch(
        Attempt.to(
            "change the expiry of", branch.name(), () -> policies.expireAfter(branch, time)));
  }

  /** Changes the time without a connection after which a branch is stopped; empty for never. */
  public void stopWhenIdle(BranchRecord branch, Optional<Duration> time) {
    idleStop.watch(
        Attempt.to(
            "change the idle stop of", branch.name(), () -> policies.idleStop(branch, time)));
  }

  /** Replaces what is run on each branch of a branch. */
  public void runAfterClone(BranchRecord branch, List<CloneScript> scripts) {
    Attempt.to(
        "say what runs after a clone of",
        branch.name(),
        () -> policies.runAfterClone(branch, scripts));
  }

  /** Where a branch's server listens; one that was stopped for being idle is started. */
  public Endpoint wakingEndpoint(BranchRecord branch) {
    try {
      return servers.endpoint(branch);
    } catch (UnavailableException e) {
      if (!wake(branch)) {
        throw e;
      }
      return servers.endpoint(branch);
    }
  }

  /**
   * Starts a branch's server that was stopped for being idle, or is being stopped just now.
   *
   * @return whether its server is one that may have been
   */
  public boolean wake(BranchRecord branch) {
    Optional<BranchPolicy> policy = policyIfThere(branch);
    if (policy.filter(BranchPolicy::isIdle).isPresent()) {
      start(branch); // Which waits for the stop's end.
      return true;
    }
    // Somebody else may have started it since.
    return policy.flatMap(BranchPolicy::idleStop).isPresent();
  }

  /**
   * Looks after a branch that was there when this was opened: completes a rotation of its password
   * that was abandoned, deletes it when its time comes, and stops it when it is idle.
   */
  public void watch(BranchRecord branch) {
    passwordRotation.completeIfAbandoned(branch);
    expiry.watch(branch);
    idleStop.watch(branch);
  }

  /**
   * Deletes the temporary branches that are left and finishes what runs in the background.
   *
   * @return whether every temporary branch is gone
   */
  public boolean close() {
    temporaries.values().forEach(this::deleteSoon);
    sessions.close();
    background.close();
    return temporaries.isEmpty();
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static boolean run(Step step) throws IOException, InterruptedException {
    step.run();
    return true;
  }
}
