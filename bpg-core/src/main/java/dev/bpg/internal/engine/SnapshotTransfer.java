package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.Endpoint;

/**
 * One atomic clone of a running parent, in backup mode. Without the label: with it, recovery would
 * insist on the end-of-backup record, which is written after the clone.
 */
final class SnapshotTransfer implements DataTransfer {

  private final ParentData parent;
  private final PendingBackup pending;

  SnapshotTransfer(ParentData parent, Endpoint server, BranchId target, Backups backups) {
    this.parent = parent;
    this.pending = backups.begin(parent.name(), server, target, false);
  }

  @Override
  public BranchOrigin run(BranchId target, BranchOrigin origin) throws InterruptedException {
    OnlineBackup backup = pending.await();
    parent.storage().cloneVolume(parent.id(), target);
    return origin.withLsns(backup.startLsn(), backup.stop().stopLsn());
  }

  @Override
  public void close() {
    pending.close();
  }
}
