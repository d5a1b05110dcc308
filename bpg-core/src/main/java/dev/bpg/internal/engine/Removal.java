package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.BranchRecord.Undo;
import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntime.Shutdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** Removal over these parts. */
  public Removal(Parts parts) {
    this.parts = parts;
  }

  /**
   * Deletes one incarnation of a branch.
   *
   * @param force whether all its descendants go too, the deepest first
   * @throws NotFoundException if it is not there
   * @throws RefusedException if it is its database's main branch
   * @throws BusyException if it has children and they are not to go
   */
  void delete(BranchRecord wanted, boolean force) throws IOException, InterruptedException {
    if (wanted.name().isMain()) {
      throw new RefusedException(
          "delete branch",
          wanted.name().toString(),
          "it is its database's main branch",
          "delete the database with Databases.delete(\"" + wanted.name().database() + "\")");
    }
    if (!deleteTree(wanted, force, found -> true)) {
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
   * @throws BusyException if something was made from it and is not to go
   */
  boolean deleteDatabase(BranchRecord main, boolean force)
      throws IOException, InterruptedException {
    return deleteTree(main, force, found -> true);
  }

  /** Deletes a temporary branch and its descendants, unless it is gone or was made permanent. */
  public void deleteTemporary(BranchRecord wanted) throws IOException, InterruptedException {
    deleteTree(wanted, true, found -> found.owner().equals(wanted.owner()));
  }

  // Locks are taken from the parent downwards, as a creation does.
  private boolean deleteTree(BranchRecord wanted, boolean force, Predicate<BranchRecord> condition)
      throws IOException, InterruptedException {
    try (LockFile lock = parts.locks().exclusive(wanted.name())) {
      Optional<BranchRecord> there = parts.catalog().find(wanted.name());
      if (there.isEmpty()) {
        lock.deleteFile();
        return false;
      }
      if (!there.get().id().equals(wanted.id()) || !condition.test(there.get())) {
        return false;
      }
      if (!force) {
        refuseWithChildren(there.get());
      }
      for (BranchRecord child : children(there.get())) {
        deleteTree(child, true, found -> true);
      }
      mark(there.get());
      finishThoughInterrupted(there.get());
      lock.deleteFile();
      return true;
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
    BranchName name = branch.name();
    for (BranchRecord child : children(branch)) {
      if (child.state() != State.READY) {
        finishIfAbandoned(child);
      }
    }
    List<BranchRecord> staying =
        children(branch).stream().filter(child -> child.state() != State.DELETING).toList();
    if (!staying.isEmpty()) {
      throw new BusyException(
          "delete branch",
          name.toString(),
          "it has children: "
              + staying.stream().map(c -> c.name().toString()).collect(Collectors.joining(", ")),
          "delete them first, or take all of them with forceDelete()");
    }
  }

  private List<BranchRecord> children(BranchRecord parent) throws IOException {
    return parts.catalog().list(parent.name().database()).stream()
        .filter(record -> record.parent().filter(p -> p.id().equals(parent.id())).isPresent())
        .toList();
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
   * Undoes all that a record lists and removes it. A step that fails ends it, because a later one
   * might pull the ground from under what is still there; the record stays for another try.
   *
   * <p>To be called with the branch's lock.
   */
  void finish(BranchRecord record) throws IOException, InterruptedException {
    for (int i = record.undo().size() - 1; i >= 0; i--) {
      undo(record.undo().get(i), record);
    }
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
      case REMOVE_SERVER -> removeServer(record);
      case DELETE_VOLUME -> parts.storage(record).deleteVolume(record.id());
      case DELETE_SECRET -> parts.secrets().delete(record.id());
    }
  }

  private void removeServer(BranchRecord record) throws InterruptedException {
    ServerRuntime runtime = parts.runtime(record);
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isPresent()) {
      runtime.stop(record.id(), data.get(), Shutdown.IMMEDIATE, parts.timeouts().stop());
    }
    runtime.remove(record.id());
  }
}
