package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.ServerState;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

/**
 * Takes a parent's data for a new branch. What leaves nothing behind has begun already when there
 * is one of these; it ends with {@link #close()}, which is to be called in any case.
 */
interface DataTransfer extends AutoCloseable {

  /**
   * Makes the new branch's volume.
   *
   * @return its origin as it really was
   */
  BranchOrigin run(BranchRecord branch) throws IOException, InterruptedException;

  @Override
  void close();

  /** The transfer that a plan calls for. */
  static DataTransfer begin(
      BranchPlan plan, ParentData parent, ServerState server, ExecutorService background) {
    return switch (plan.method()) {
      case STOPPED, SNAPSHOT -> new CloneTransfer(parent);
      case SNAPSHOT_IN_BACKUP ->
          new SnapshotTransfer(parent, server.endpoint().orElseThrow(), plan.id(), background);
      case BACKUP ->
          new BackupTransfer(parent, server.endpoint().orElseThrow(), plan.id(), background);
      case INITDB -> throw new IllegalArgumentException("initdb takes no parent's data");
    };
  }
}
