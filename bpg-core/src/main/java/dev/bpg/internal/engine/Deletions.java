package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Deletes branches and databases: at once, or off the caller's path, and at the end what is left of
 * this process's temporary branches. Thread-safe.
 */
public final class Deletions {

  private final Removal removal;
  private final Background background;
  private final Changes changes;
  private final BranchLookup branches;
  private final Map<BranchId, BranchRecord> temporaries = new ConcurrentHashMap<>();
  private final Map<BranchId, BranchRecord> closing = new ConcurrentHashMap<>();

  Deletions(Removal removal, Background background, Changes changes, BranchLookup branches) {
    this.removal = removal;
    this.background = background;
    this.changes = changes;
    this.branches = branches;
  }

  /** Deletes a branch; with force, all its descendants too. */
  public void branch(BranchRecord branch, boolean force) {
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
  public void soon(BranchRecord branch) {
    closing.put(branch.id(), branch);
    background.delete(
        branch.name(),
        () -> {
          try {
            temporary(branch);
          } finally {
            closing.remove(branch.id());
          }
        });
  }

  /**
   * Deletes a temporary branch of this process now, with all that was made from it.
   *
   * @return whether it was there, and temporary, and this process's
   */
  public boolean temporary(BranchRecord branch) {
    boolean deleted =
        changes.deletion(
            Kind.BRANCH_DELETED,
            "delete branch",
            branch.name(),
            gone -> removal.deleteTemporary(branch, gone));
    temporaries.remove(branch.id());
    return deleted;
  }

  /** Deletes a database with all its branches. */
  public void database(String name) {
    database(branches.get(BranchName.main(name)), true);
  }

  /** Deletes one incarnation of a database, unless something was branched from it. */
  public void databaseUnlessBranched(BranchRecord main) {
    database(main, false);
  }

  private void database(BranchRecord main, boolean force) {
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

  /** Says that a temporary branch is this process's. */
  void own(BranchRecord temporary) {
    temporaries.put(temporary.id(), temporary);
  }

  /** Says that a branch is this process's no more: it is permanent now. */
  void disown(BranchRecord branch) {
    temporaries.remove(branch.id());
  }

  /** Says that a branch has another id now, if it is this process's. */
  void replaced(BranchRecord before, BranchRecord after) {
    if (temporaries.remove(before.id()) != null) {
      own(after);
    }
  }

  /** Begins to delete the temporary branches that are left. */
  void deleteLeft() {
    temporaries.values().forEach(this::soon);
  }

  /** Whether no temporary branch is left. */
  boolean isDone() {
    return temporaries.isEmpty();
  }
}
