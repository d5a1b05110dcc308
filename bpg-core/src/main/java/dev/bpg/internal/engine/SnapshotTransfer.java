package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.Endpoint;
import java.util.concurrent.ExecutorService;

/**
 * One atomic clone of a running parent, in backup mode. Without the label: with it, recovery would
 * insist on the end-of-backup record, which is written after the clone.
 */
final class SnapshotTransfer implements DataTransfer {

  private final ParentData parent;
  private final PendingBackup pending;

  SnapshotTransfer(
      ParentData parent, Endpoint server, BranchId target, ExecutorService background) {
    this.parent = parent;
    this.pending =
        new PendingBackup(
            () -> OnlineBackup.start(parent.name(), server, "bpg " + target, false), background);
  }

  @Override
  public BranchOrigin run(BranchRecord branch) throws InterruptedException {
    OnlineBackup backup = pending.await();
    parent.storage().cloneVolume(parent.id(), branch.id());
    return branch.origin().withLsns(backup.startLsn(), backup.stop().stopLsn());
  }

  @Override
  public void close() {
    pending.close();
  }
}
