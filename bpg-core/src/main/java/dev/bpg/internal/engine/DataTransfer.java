package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.postgres.BackupClone;
import dev.bpg.internal.postgres.BackupEnd;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.server.ServerState;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes a parent's data for a new branch, in the way that the plan says.
 *
 * @param parent the parent
 * @param storage the storage of both
 * @param data the parent's data folder
 * @param state the parent's server
 */
record DataTransfer(BranchRecord parent, Storage storage, Path data, ServerState state) {

  /**
   * Makes the new branch's volume, ready to be started.
   *
   * @return the record with its origin as it really was
   */
  BranchRecord to(BranchRecord branch) throws IOException {
    BranchOrigin origin =
        switch (branch.origin().method()) {
          case STOPPED, SNAPSHOT -> clone(branch);
          case SNAPSHOT_IN_BACKUP -> snapshotInBackup(branch);
          case BACKUP -> backup(branch);
          case INITDB -> throw new IllegalArgumentException("initdb takes no parent's data");
        };
    Path clone = storage.dataFolder(branch.id()).orElseThrow();
    DataFolder.forgetParentsServer(clone);
    syncIfNothingElseDoes(branch, clone);
    return branch.withOrigin(origin);
  }

  private BranchOrigin clone(BranchRecord branch) {
    storage.cloneVolume(parent.id(), branch.id());
    return branch.origin();
  }

  // Without the label: with it, recovery would insist on the end-of-backup record, which is written
  // after the snapshot.
  private BranchOrigin snapshotInBackup(BranchRecord branch) {
    try (OnlineBackup backup = startBackup(branch, false)) {
      storage.cloneVolume(parent.id(), branch.id());
      return branch.origin().withLsns(backup.startLsn(), backup.stop().stopLsn());
    }
  }

  private BranchOrigin backup(BranchRecord branch) throws IOException {
    try (OnlineBackup backup = startBackup(branch, true)) {
      BackupClone copy = new BackupClone(parent.name(), storage, parent.id(), branch.id());
      Path clone = copy.copy();
      BackupEnd end = backup.stop();
      copy.complete(data, clone, end);
      return branch.origin().withLsns(backup.startLsn(), end.stopLsn());
    }
  }

  private OnlineBackup startBackup(BranchRecord branch, boolean wal) {
    return OnlineBackup.start(
        parent.name(), state.endpoint().orElseThrow(), "bpg " + branch.id(), wal);
  }

  // Recovery makes the files durable before it begins, and an atomic clone is durable by itself.
  // The copy of a cleanly stopped cluster starts without recovery, so nothing else would.
  private void syncIfNothingElseDoes(BranchRecord branch, Path clone) throws IOException {
    if (branch.origin().method() == CloneMethod.STOPPED
        && !branch.temporary()
        && !(storage instanceof AtomicStorage)) {
      FileSystemSync.sync(clone);
    }
  }
}
