package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.SpaceUsage;
import dev.bpg.server.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final DatabaseCreation databases;
  private final BranchCreation branches;
  private final BranchServers servers;
  private final Expiry expiry;
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
    Passwords passwords = new Passwords(parts.secrets(), background.tasks());
    NewBranch newBranch = new NewBranch(parts, removal, passwords);
    this.databases = new DatabaseCreation(parts, newBranch);
    this.branches = new BranchCreation(parts, newBranch, owner, background.tasks());
    this.servers = new BranchServers(parts, passwords);
    this.expiry = new Expiry(parts.clock(), background, removal);
  }

  /** Makes a database and its main branch. */
  public BranchRecord createDatabase(DatabaseRequest request) {
    return Attempt.to(
        "create database", request.name().database(), () -> databases.create(request));
  }

  /** Makes a branch. */
  public BranchRecord createBranch(BranchRequest request) {
    BranchRecord created = Attempt.to("branch", request.parent(), () -> branches.create(request));
    if (created.temporary()) {
      temporaries.put(created.id(), created);
    }
    expiry.watch(created);
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

  /** Deletes a branch; with force, all its descendants too. */
  public void delete(BranchRecord branch, boolean force) {
    Attempt.to(
        "delete branch",
        branch.name(),
        () -> {
          deleteQueuedChildren(branch);
          removal.delete(branch, force);
          return branch;
        });
  }

  // Whoever closes a temporary branch is done with it, and may delete its parent right after.
  private void deleteQueuedChildren(BranchRecord parent) throws IOException, InterruptedException {
    for (BranchRecord closed : closing.values()) {
      if (closed.parent().filter(p -> p.id().equals(parent.id())).isPresent()) {
        removal.deleteTemporary(closed);
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
            removal.deleteTemporary(branch);
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

  /** Deletes one incarnation of a database, unless something was branched from it. */
  public void deleteUnlessBranched(BranchRecord main) {
    deleteDatabase(main, false);
  }

  private void deleteDatabase(BranchRecord main, boolean force) {
    String name = main.name().database();
    if (!Attempt.to("delete database", name, () -> removal.deleteDatabase(main, force))) {
      throw new NotFoundException(
          "delete database",
          name,
          "it does not exist any more",
          "list what exists with Databases.list()");
    }
  }

  /** Starts a branch's server unless it runs. */
  public void start(BranchRecord branch) {
    Attempt.to("start branch", branch.name(), () -> run(() -> servers.start(branch)));
  }

  /** Stops a branch's server if it runs. */
  public void stop(BranchRecord branch) {
    Attempt.to("stop branch", branch.name(), () -> run(() -> servers.stop(branch)));
  }

  /** Stops a branch's server if it runs, and starts it. */
  public void restart(BranchRecord branch) {
    Attempt.to("restart branch", branch.name(), () -> run(() -> servers.restart(branch)));
  }

  /** Makes a temporary branch permanent. */
  public BranchRecord keep(BranchRecord branch) {
    BranchRecord kept = Attempt.to("keep branch", branch.name(), () -> servers.keep(branch));
    temporaries.remove(branch.id());
    return kept;
  }

  /** The live state of a branch. */
  public BranchStatus status(BranchRecord branch) {
    return servers.status(branch);
  }

  /** Where a branch's server listens. */
  public Endpoint endpoint(BranchRecord branch) {
    return servers.endpoint(branch);
  }

  /** The superuser's password of a branch. */
  public String password(BranchRecord branch) {
    return Attempt.to(
            "read the password of", branch.name(), () -> parts.secrets().find(branch.id()))
        .orElseThrow(
            () ->
                new UnavailableException(
                    "read the password of",
                    branch.name().toString(),
                    "none is stored; the branch may have been deleted",
                    "get the branch again with Branches.get(\"" + branch.name() + "\")"));
  }

  /** The space a branch takes. */
  public SpaceUsage space(BranchRecord branch) {
    return servers.space(branch);
  }

  /** The last lines of a branch's server log. */
  public List<String> lastLogLines(BranchRecord branch, int count) {
    return servers.lastLogLines(branch, count);
  }

  /** Deletes a branch when its time comes, if it has one. */
  public void watchExpiry(BranchRecord branch) {
    expiry.watch(branch);
  }

  /**
   * Deletes the temporary branches that are left and finishes what runs in the background.
   *
   * @return whether every temporary branch is gone
   */
  public boolean close() {
    temporaries.values().forEach(this::deleteSoon);
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
