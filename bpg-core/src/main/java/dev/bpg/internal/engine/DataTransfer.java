package dev.bpg.internal.engine;

import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.ServerState;
import java.io.IOException;

/**
 * Takes a parent's data for a new branch or a snapshot. What leaves nothing behind has begun
 * already when there is one of these; it ends with {@link #close()}, which is to be called in any
 * case.
 */
interface DataTransfer extends AutoCloseable {

  /**
   * Makes a volume with the data.
   *
   * @param target the volume's id, the one that the plan has
   * @param origin what is known of its origin so far
   * @return its origin as it really was
   */
  BranchOrigin run(BranchId target, BranchOrigin origin) throws IOException, InterruptedException;

  @Override
  void close();

  /** The transfer that a plan calls for. */
  static DataTransfer begin(
      BranchPlan plan, ParentData parent, ServerState server, Backups backups) {
    return switch (plan.method()) {
      case STOPPED, SNAPSHOT -> new CloneTransfer(parent);
      case SNAPSHOT_IN_BACKUP ->
          new SnapshotTransfer(parent, server.endpoint().orElseThrow(), plan.id(), backups);
      case BACKUP ->
          new BackupTransfer(parent, server.endpoint().orElseThrow(), plan.id(), backups);
      case INITDB, IMPORT, RECOVERY ->
          throw new IllegalArgumentException(
              plan.method() + " takes no data of a parent's present");
    };
  }
}
