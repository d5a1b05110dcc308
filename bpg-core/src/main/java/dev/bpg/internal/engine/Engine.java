package dev.bpg.internal.engine;

import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.event.BpgListener;
import dev.bpg.event.Subscription;
import dev.bpg.health.Orphan;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.postgres.KeptSessions;
import dev.bpg.internal.postgres.ReadySession;
import java.util.List;
import java.util.Optional;
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
  private final BranchCreation creation;
  private final Adoption adoption;
  private final PasswordRotation passwordRotation;
  private final ServerLifecycle lifecycle;
  private final Reset resets;
  private final Relocation relocation;
  private final Changes changes;

  private final BranchLookup branches;
  private final BranchServers servers;
  private final BranchSessions clients;
  private final BranchSnapshots snapshots;
  private final BranchSchedules schedules;
  private final BranchArchives archives;
  private final BranchPolicies policies;
  private final Deletions deletions;
  private final Reuse reuse;

  /**
   * An engine over these parts.
   *
   * @param owner gives this process's lease, taking it out at the first call
   * @param ids the ids that are this lease's
   */
  public Engine(
      Parts parts,
      Removal removal,
      Background background,
      Supplier<String> owner,
      TemporaryIds ids) {
    this.parts = parts;
    this.background = background;
    this.removal = removal;
    Passwords passwords = new Passwords(PasswordSource.of(parts), background.tasks());
    NewBranch newBranch = new NewBranch(parts, removal, passwords, background.tasks());
    this.databases = new DatabaseCreation(parts, newBranch);
    this.sessions = new KeptSessions(background.timer());
    Backups backups = new Backups(background, sessions);
    this.creation = new BranchCreation(parts, newBranch, owner, ids, backups);
    this.adoption = new Adoption(parts, owner);
    this.lifecycle = new ServerLifecycle(parts, passwords, ids);
    this.passwordRotation = new PasswordRotation(parts, passwords);
    this.resets = new Reset(parts, removal, passwords, ids, backups);
    this.relocation = new Relocation(parts, removal);
    this.changes = new Changes(background.events(), parts.clock());
    SnapshotCreation taking = new SnapshotCreation(parts, backups, new SnapshotRemoval(parts));

    this.branches = new BranchLookup(parts);
    this.policies =
        new BranchPolicies(
            parts,
            new Expiry(parts, background, removal, changes),
            new IdleStop(parts, background, changes));
    this.servers = new BranchServers(parts, lifecycle, passwordRotation, policies, changes);
    this.clients = new BranchSessions(parts, lifecycle, passwordRotation);
    this.snapshots = new BranchSnapshots(parts, taking, changes);
    this.schedules =
        new BranchSchedules(
            parts, new Schedules(parts, taking, changes, background), branches, snapshots);
    this.archives =
        new BranchArchives(parts, new Archiving(parts, lifecycle, taking, sessions), changes);
    this.deletions = new Deletions(removal, background, changes, branches);
    this.reuse = new Reuse(parts, lifecycle, clients, passwordRotation);
  }

  /** Finds its branches. */
  public BranchLookup branches() {
    return branches;
  }

  /** The servers of its branches. */
  public BranchServers servers() {
    return servers;
  }

  /** The snapshots of its branches. */
  public BranchSnapshots snapshots() {
    return snapshots;
  }

  /** What is done with its branches while nobody asks for it. */
  public BranchPolicies policies() {
    return policies;
  }

  /** Deletes its branches. */
  public Deletions deletions() {
    return deletions;
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
    return createBranch(request, Optional.empty());
  }

  /**
   * The same for somebody who wants a session on it.
   *
   * @param session gets one if it is opened anyway, maybe before the creation fails
   */
  public BranchRecord createBranch(BranchRequest request, Consumer<ReadySession> session) {
    return createBranch(request, Optional.of(session));
  }

  private BranchRecord createBranch(
      BranchRequest request, Optional<Consumer<ReadySession>> session) {
    BranchRecord created =
        changes.branch(
            Kind.BRANCH_CREATED,
            "branch",
            request.parent(),
            () -> creation.create(request, session));
    return watched(created);
  }

  /** Makes the data of a branch whose server somebody else starts in a container. */
  public PreparedServer prepareBranch(BranchRequest request, Optional<String> image) {
    return Attempt.to("branch", request.parent(), () -> creation.prepare(request, image));
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

  private BranchRecord watched(BranchRecord created) {
    if (created.temporary()) {
      deletions.own(created);
    }
    policies.watch(created);
    return created;
  }

  /** Makes a temporary branch of another process one of this process, if it may be had. */
  public Optional<BranchRecord> adopt(BranchRecord branch, Adoption.Claim claim) {
    Optional<BranchRecord> adopted =
        Attempt.to("take over branch", branch.name(), () -> adoption.adopt(branch, claim));
    adopted.ifPresent(deletions::own);
    return adopted;
  }

  /** The branch that a request is for a branch of. */
  public BranchRecord parent(BranchRequest request) {
    return Attempt.to("branch", request.parent(), () -> creation.parent(request));
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
    deletions.replaced(before, after);
    policies.watchExpiry(after);
    return after;
  }

  /** Makes a temporary branch permanent. */
  public BranchRecord keep(BranchRecord branch) {
    BranchRecord kept =
        changes.branch(
            Kind.BRANCH_KEPT, "keep branch", branch.name(), () -> lifecycle.keep(branch));
    deletions.disown(branch);
    return kept;
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

  /**
   * Looks after a branch that was there when this was opened: completes a rotation of its password
   * that was abandoned, deletes it when its time comes, and stops it when it is idle.
   */
  public void watch(BranchRecord branch) {
    passwordRotation.completeIfAbandoned(branch);
    policies.watch(branch);
  }

  /**
   * Deletes the temporary branches that are left and finishes what runs in the background.
   *
   * @return whether every temporary branch that it made is gone
   */
  public boolean close() {
    deletions.deleteLeft();
    sessions.close();
    background.close();
    return deletions.isDone();
  }
}
