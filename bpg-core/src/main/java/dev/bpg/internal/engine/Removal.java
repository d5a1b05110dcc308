package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.internal.engine.ExistingBranches.Locked;
import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes branches away: on demand, when their creation failed, and when whoever made or deleted them
 * is dead. All three do the same: what the record lists is undone, the last first, and only what
 * carries the record's id is touched.
 */
public final class Removal {

  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  private final Parts parts;
  private final ExistingBranches existing;
  private final SnapshotRemoval snapshots;
  private final Protection protection;
  private final StaleIncarnations stale;

  /** Removal over these parts. */
  public Removal(Parts parts) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.snapshots = new SnapshotRemoval(parts);
    this.protection = new Protection(parts.catalog());
    this.stale = new StaleIncarnations(parts);
  }

  /**
   * Deletes one incarnation of a branch.
   *
   * @param force whether all its descendants go too, the deepest first
   * @param deleted is told each branch that is gone, in order
   * @throws NotFoundException if it is not there
   * @throws RefusedException if it is its database's main branch, or it or a descendant is
   *     protected
   * @throws BusyException if it has children and they are not to go
   */
  void delete(BranchRecord wanted, boolean force, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    BranchName name = existing.locate(wanted).orElse(wanted).name();
    if (name.isMain()) {
      throw new RefusedException(
          "delete branch",
          name.toString(),
          "it is its database's main branch",
          "delete the database with Databases.delete(\"" + name.database() + "\")");
    }
    if (!deleteTree(wanted, force, found -> !found.name().isMain(), deleted)) {
      throw new NotFoundException(
          "delete branch",
          wanted.name().toString(),
          "it does not exist, or is another one by now",
          "list what exists with Branches.list()");
    }
  }

  /**
   * Deletes one incarnation of a database's main branch.
   *
   * @param force whether all that was made from it goes too
   * @return whether it was there
   * @throws RefusedException if it or something that was made from it is protected
   * @throws BusyException if something was made from it and is not to go
   */
  boolean deleteDatabase(BranchRecord main, boolean force, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    return deleteTree(main, force, found -> found.name().isMain(), deleted);
  }

  /**
   * Deletes one incarnation of a branch if its time has come.
   *
   * @return whether it was there and its time had come
   * @throws RefusedException if it is protected
   * @throws BusyException if it has children
   */
  boolean deleteExpired(BranchRecord wanted, Instant now, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    return deleteTree(
        wanted,
        false,
        found -> found.expiresAt().filter(at -> !at.isAfter(now)).isPresent(),
        deleted);
  }

  /** Deletes a temporary branch and its descendants, unless it is gone or was made permanent. */
  public void deleteTemporary(BranchRecord wanted) throws IOException, InterruptedException {
    deleteTemporary(wanted, gone -> {});
  }

  /**
   * The same.
   *
   * @return whether it was there
   */
  boolean deleteTemporary(BranchRecord wanted, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    return deleteTree(wanted, true, found -> found.owner().equals(wanted.owner()), deleted);
  }

  // Locks are taken from the parent downwards, as a creation does.
  private boolean deleteTree(
      BranchRecord wanted,
      boolean force,
      Predicate<BranchRecord> condition,
      Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    Optional<Locked> locked = existing.lockAny(wanted);
    if (locked.isEmpty()) {
      return false;
    }
    try (LockFile lock = locked.get().lock()) {
      BranchRecord there = locked.get().record();
      if (!condition.test(there)) {
        return false;
      }
      protection.refuse(there);
      if (!force) {
        refuseWithChildren(there);
      }
      deleteChildren(there, deleted);
      mark(there);
      finishThoughInterrupted(there);
      lock.deleteFile();
      deleted.accept(there);
      return true;
    }
  }

  /**
   * Deletes all that was made from a branch, whose lock is held, the deepest first.
   *
   * @throws RefusedException if something of it is protected; nothing is deleted then
   */
  void deleteDescendants(BranchRecord parent, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    protection.refuseBelow(parent);
    deleteChildren(parent, deleted);
  }

  private void deleteChildren(BranchRecord parent, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    for (BranchRecord child : children(parent)) {
      deleteTree(child, true, found -> isChild(found, parent), deleted);
    }
  }

  // A disk that is full has to be relieved by deletions of all things, so one goes on without its
  // mark. Should it be cut short, the branch is still listed, and can be deleted again.
  private void mark(BranchRecord branch) throws IOException {
    try {
      parts.catalog().replace(branch.withState(State.DELETING));
    } catch (IOException e) {
      if (!DurableFile.isOutOfSpace(e)) {
        throw e;
      }
      LOG.warn("deleting {} without a mark in its record: {}", branch.name(), e.getMessage());
    }
  }

  // What a dead process left half made or half deleted is nobody's child any more. What somebody
  // deletes right now is waited for, by the deletion of the children that follows.
  private void refuseWithChildren(BranchRecord branch) throws IOException, InterruptedException {
    List<BranchRecord> staying = livingChildren(branch);
    if (!staying.isEmpty()) {
      throw new BusyException(
          "delete branch",
          branch.name().toString(),
          "it has children: " + names(staying),
          "delete them first, or take all of them with forceDelete()");
    }
  }

  private List<BranchRecord> livingChildren(BranchRecord branch)
      throws IOException, InterruptedException {
    for (BranchRecord child : children(branch)) {
      if (child.state() != State.READY) {
        finishIfAbandoned(child);
      }
    }
    return children(branch).stream().filter(child -> child.state() != State.DELETING).toList();
  }

  private static String names(List<BranchRecord> branches) {
    return branches.stream().map(c -> c.name().toString()).collect(Collectors.joining(", "));
  }

  private List<BranchRecord> children(BranchRecord parent) throws IOException {
    return parts.catalog().list(parent.name().database()).stream()
        .filter(record -> isChild(record, parent))
        .toList();
  }

  // It may have been made a main branch since somebody listed it.
  private static boolean isChild(BranchRecord record, BranchRecord parent) {
    return record.parent().filter(p -> parent.isOrWas(p.id())).isPresent();
  }

  /**
   * Refuses something that all that was made from a branch, at any depth, would not survive.
   *
   * @throws BusyException if there is any
   */
  void refuseWithDescendants(String operation, BranchRecord branch)
      throws IOException, InterruptedException {
    List<BranchRecord> descendants = new ArrayList<>(livingChildren(branch));
    for (int i = 0; i < descendants.size(); i++) {
      descendants.addAll(livingChildren(descendants.get(i)));
    }
    if (!descendants.isEmpty()) {
      throw new BusyException(
          operation,
          branch.name().toString(),
          "these were made from it: " + names(descendants),
          "delete them first, or take all of them with ResetOption.FORCE");
    }
  }

  /**
   * Finishes what a dead process began: undoes a creation, completes a deletion. Does nothing if
   * somebody works on it or it is complete.
   */
  public void finishIfAbandoned(BranchRecord record) throws IOException, InterruptedException {
    Optional<LockFile> free = parts.locks().tryExclusive(record.name());
    if (free.isEmpty()) {
      return;
    }
    try (LockFile lock = free.get()) {
      Optional<BranchRecord> there = parts.catalog().find(record.name());
      if (there.isPresent() && there.get().state() == State.READY) {
        return;
      }
      if (there.isPresent()) {
        finish(there.get());
      }
      lock.deleteFile();
    }
  }

  /**
   * Undoes all that a record lists, with the branch's snapshots, and removes it. A step that fails
   * ends it, because a later one might pull the ground from under what is still there; the record
   * stays for another try.
   *
   * <p>To be called with the branch's lock.
   */
  void finish(BranchRecord record) throws IOException, InterruptedException {
    snapshots.deleteAll(record.ids());
    stale.removeAll(record);
    for (int i = record.undo().size() - 1; i >= 0; i--) {
      undo(record.undo().get(i), record);
    }
    parts.archives().delete(record.ids());
    parts.certificates().delete(record.ids());
    parts.catalog().remove(record);
  }

  // From its mark in the record on, a branch is for nobody to use, so an interrupted deletion is
  // completed first: nothing else would before the next opening of the home.
  private void finishThoughInterrupted(BranchRecord record)
      throws IOException, InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      finish(record);
    } catch (InterruptedException e) {
      finishAfter(e, record);
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        finishAfter(e, record);
      }
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The same after a failure, which is the one to be shown: what fails here is added to it. */
  void finishAfter(Throwable first, BranchRecord record) {
    // An interrupt status that is still set would make every file operation below fail.
    boolean interrupted = Thread.interrupted();
    try {
      finish(record);
    } catch (InterruptedException e) {
      interrupted = true;
      first.addSuppressed(e);
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void undo(Undo step, BranchRecord record) throws IOException, InterruptedException {
    switch (step) {
      case REMOVE_SERVER -> stale.removeServer(record, record.id());
      case DELETE_VOLUME -> parts.storage(record).deleteVolume(record.id());
      case DELETE_SECRET -> parts.secrets().delete(record.id(), record.durability());
    }
  }
}
