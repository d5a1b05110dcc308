package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.model.CloneMethod;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes snapshots away: on demand, with their branch, and when whoever made or deleted them is
 * dead. The record goes last, and stays while the storage refuses.
 */
public final class SnapshotRemoval {

  private final Parts parts;

  /** Removal over these parts. */
  public SnapshotRemoval(Parts parts) {
    this.parts = parts;
  }

  /**
   * Deletes one.
   *
   * @throws NotFoundException if it is not there
   * @throws BusyException if there are branches of it
   */
  void delete(SnapshotRecord wanted) throws IOException, InterruptedException {
    requireThere(wanted);
    try (LockFile lock = parts.locks().exclusiveOfSnapshot(wanted.id())) {
      SnapshotRecord there = requireThere(wanted);
      refuseWithBranches(there);
      parts.snapshots().replace(there.deleting());
      finish(there);
      lock.deleteFile();
    }
  }

  private SnapshotRecord requireThere(SnapshotRecord wanted) throws IOException {
    return parts
        .snapshots()
        .find(wanted)
        .filter(record -> record.state() == State.READY)
        .orElseThrow(() -> missing("delete snapshot", wanted.id().value()));
  }

  static NotFoundException missing(String operation, String snapshot) {
    return new NotFoundException(
        operation, snapshot, "it does not exist", "list what exists with Snapshots.list()");
  }

  private void refuseWithBranches(SnapshotRecord snapshot) throws IOException {
    List<BranchRecord> branches = branchesOf(snapshot);
    if (!branches.isEmpty()) {
      throw new BusyException(
          "delete snapshot",
          snapshot.id().value(),
          "branches were made of it: "
              + branches.stream().map(b -> b.name().toString()).collect(Collectors.joining(", ")),
          "delete them first");
    }
  }

  /** The branches that were made of a snapshot and are there. */
  List<BranchRecord> branchesOf(SnapshotRecord snapshot) throws IOException {
    return parts.catalog().list().stream()
        .filter(branch -> branch.state() != State.DELETING)
        // What was recovered has gone its own way since.
        .filter(branch -> branch.origin().method() != CloneMethod.RECOVERY)
        .filter(branch -> branch.origin().snapshot().equals(Optional.of(snapshot.id().value())))
        .toList();
  }

  /** Deletes all that were taken of some incarnations of a branch, which is going itself. */
  void deleteAll(List<BranchId> incarnations) throws IOException, InterruptedException {
    for (SnapshotRecord snapshot : parts.snapshots().list(incarnations)) {
      try (LockFile lock = parts.locks().exclusiveOfSnapshot(snapshot.id())) {
        finish(snapshot);
        lock.deleteFile();
      }
    }
  }

  /**
   * Finishes what a dead process began: undoes a creation, completes a deletion. Does nothing if
   * somebody works on it or it is complete.
   */
  public void finishIfAbandoned(SnapshotRecord record) throws IOException {
    Optional<LockFile> free = parts.locks().tryExclusiveOfSnapshot(record.id());
    if (free.isEmpty()) {
      return;
    }
    try (LockFile lock = free.get()) {
      Optional<SnapshotRecord> there = parts.snapshots().find(record);
      if (there.isPresent() && there.get().state() != State.READY) {
        finish(there.get());
      }
      lock.deleteFile();
    }
  }

  private void finish(SnapshotRecord record) throws IOException {
    parts.storage(record).deleteVolume(record.id());
    parts.snapshots().remove(record);
  }

  /** The same after a failure, which is the one to be shown: what fails here is added to it. */
  void finishAfter(Throwable first, SnapshotRecord record) {
    boolean interrupted = Thread.interrupted();
    try {
      finish(record);
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
