package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.internal.postgres.BackupClone;
import dev.bpg.internal.postgres.BackupEnd;
import dev.bpg.internal.postgres.OnlineBackup;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.Endpoint;
import dev.bpg.storage.OnlineCopyStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clone of a running parent under the backup protocol.
 *
 * <p>The WAL of its duration is needed, and any checkpoint may take it away, also that of another
 * backup. Having the server hold it costs as much as the checkpoint itself. So a copy that takes
 * long has it held, and one that is over at once is made again if the WAL was gone.
 */
final class BackupTransfer implements DataTransfer {

  private static final Logger LOG = LoggerFactory.getLogger(BackupTransfer.class);

  private final ParentData parent;
  private final Endpoint server;
  private final Backups backups;
  private final BackupClone clone;
  private final boolean held;
  private final PendingBackup pending;

  BackupTransfer(ParentData parent, Endpoint server, BranchId target, Backups backups) {
    this.parent = parent;
    this.server = server;
    this.backups = backups;
    this.clone = new BackupClone(parent.name(), parent.storage(), parent.id(), target);
    this.held = parent.storage() instanceof OnlineCopyStorage copying && !copying.sharesData();
    this.pending = backups.begin(parent.name(), server, target, held);
  }

  @Override
  public BranchOrigin run(BranchId target, BranchOrigin origin)
      throws IOException, InterruptedException {
    try {
      return copy(origin, pending.await());
    } catch (BusyException e) {
      if (held) {
        throw e;
      }
      LOG.debug("copying {} again, with its WAL held: {}", parent.name(), e.reason());
    }
    parent.storage().deleteVolume(target);
    try (OnlineBackup second = backups.start(parent.name(), server, target, true)) {
      return copy(origin, second);
    }
  }

  private BranchOrigin copy(BranchOrigin origin, OnlineBackup backup) throws IOException {
    Path data = clone.copy();
    BackupEnd end = backup.stop();
    clone.complete(parent.folder(), data, end);
    return origin.withLsns(backup.startLsn(), end.stopLsn());
  }

  @Override
  public void close() {
    pending.close();
  }
}
