package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.postgres.BackupClone;
import dev.bpg.internal.postgres.BackupEnd;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.server.ServerState;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

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
  BranchRecord to(BranchRecord branch, BranchMode mode) throws IOException {
    Instant takenAt = Instant.now();
    CloneMethod method = branch.origin().method();
    Path clone;
    Optional<String> startLsn = Optional.empty();
    Optional<String> stopLsn = Optional.empty();
    if (method == CloneMethod.STOPPED || method == CloneMethod.SNAPSHOT) {
      clone = storage.cloneVolume(parent.id(), branch.id());
    } else {
      try (OnlineBackup backup =
          OnlineBackup.start(parent.name(), state.endpoint().orElseThrow(), "bpg " + branch.id())) {
        startLsn = Optional.of(backup.startLsn());
        BackupEnd end;
        if (method == CloneMethod.SNAPSHOT_IN_BACKUP) {
          clone = storage.cloneVolume(parent.id(), branch.id());
          end = backup.stop();
        } else {
          BackupClone copy = new BackupClone(parent.name(), storage, parent.id(), branch.id());
          clone = copy.copy();
          end = backup.stop();
          copy.complete(data, clone, end);
        }
        stopLsn = Optional.of(end.stopLsn());
      }
    }
    DataFolder.forgetParentsServer(clone);
    syncIfNothingElseDoes(branch, method, clone);
    return branch.withOrigin(new BranchOrigin(mode, method, startLsn, stopLsn, takenAt));
  }

  // Recovery makes the files durable before it begins, and an atomic clone is durable by itself.
  // The copy of a cleanly stopped cluster starts without recovery, so nothing else would.
  private void syncIfNothingElseDoes(BranchRecord branch, CloneMethod method, Path clone)
      throws IOException {
    if (method == CloneMethod.STOPPED
        && !branch.temporary()
        && !(storage instanceof AtomicStorage)) {
      FileSystemSync.sync(clone);
    }
  }
}
