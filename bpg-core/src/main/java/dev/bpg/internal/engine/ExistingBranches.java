package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds branches that exist, whatever became of them since somebody got hold of a record. */
final class ExistingBranches {

  private final Parts parts;

  ExistingBranches(Parts parts) {
    this.parts = parts;
  }

  /**
   * The branch as it is now, whatever it is called.
   *
   * @throws NotFoundException if it is gone
   */
  BranchRecord current(String operation, BranchRecord wanted) throws IOException {
    return find(wanted).orElseThrow(() -> gone(operation, wanted));
  }

  NotFoundException gone(String operation, BranchRecord wanted) {
    return new NotFoundException(
        operation,
        wanted.name().toString(),
        "it does not exist any more",
        "list what exists with Branches.list()");
  }

  /** The branch as it is now, whatever it is called; empty if it is gone. */
  Optional<BranchRecord> find(BranchRecord wanted) throws IOException {
    return locate(wanted).filter(record -> record.state() == State.READY);
  }

  /**
   * The same for who has the lock of its name.
   *
   * @throws NotFoundException if it is gone, or another one has its name
   */
  BranchRecord currentUnder(String operation, BranchRecord locked) throws IOException {
    return parts
        .catalog()
        .find(locked.name())
        .filter(record -> record.state() == State.READY && record.isOrWas(locked.id()))
        .orElseThrow(() -> gone(operation, locked));
  }

  /**
   * The branch that one was made from.
   *
   * @throws RefusedException if it is a main branch
   * @throws NotFoundException if its parent is gone
   */
  BranchRecord parent(String operation, BranchRecord branch) throws IOException {
    BranchRecord.Parent parent =
        branch
            .parent()
            .orElseThrow(
                () ->
                    new RefusedException(
                        operation,
                        branch.name().toString(),
                        "it is its database's main branch, which was made from none",
                        "ask a branch of it"));
    return parts.catalog().list().stream()
        .filter(record -> record.state() == State.READY && record.isOrWas(parent.id()))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    operation,
                    branch.name().toString(),
                    "its parent " + parent.name() + " does not exist any more",
                    "list what exists with Branches.list()"));
  }

  /** The branch as it is now, whatever it is called and however far it is. */
  Optional<BranchRecord> locate(BranchRecord wanted) throws IOException {
    Optional<BranchRecord> named =
        parts.catalog().find(wanted.name()).filter(record -> record.isOrWas(wanted.id()));
    return named.isPresent()
        ? named
        : parts.catalog().list().stream().filter(record -> record.isOrWas(wanted.id())).findFirst();
  }

  /** The same with its lock. Looks first: a lock taken for nothing would leave its file behind. */
  Optional<Locked> lockAny(BranchRecord wanted) throws IOException, InterruptedException {
    Optional<BranchRecord> found = locate(wanted);
    while (found.isPresent()) {
      LockFile lock = parts.locks().exclusive(found.get().name());
      try {
        Optional<BranchRecord> there = parts.catalog().find(found.get().name());
        if (there.filter(record -> record.isOrWas(wanted.id())).isPresent()) {
          return Optional.of(new Locked(there.get(), lock));
        }
        if (there.isEmpty()) {
          lock.deleteFile();
        }
        lock.close();
      } catch (Throwable first) {
        lock.close();
        throw first;
      }
      found = locate(wanted);
    }
    return Optional.empty();
  }

  /** A branch and its lock, held exclusively. */
  record Locked(BranchRecord record, LockFile lock) implements AutoCloseable {
    @Override
    public void close() {
      lock.close();
    }
  }

  /**
   * Takes a branch's lock exclusively.
   *
   * @throws NotFoundException if it is gone
   */
  LockFile lock(String operation, BranchRecord wanted) throws IOException, InterruptedException {
    current(operation, wanted);
    return lockAny(wanted).orElseThrow(() -> gone(operation, wanted)).lock();
  }

  /**
   * A branch's data folder.
   *
   * @throws UnavailableException if its volume is missing
   */
  Path data(String operation, BranchRecord record) {
    return parts
        .storage(record)
        .dataFolder(record.id())
        .orElseThrow(
            () ->
                new UnavailableException(
                    operation,
                    record.name().toString(),
                    "its volume " + record.id() + " is missing on the storage " + record.storage(),
                    "check storage.path in the configuration, or delete the branch"));
  }
}
