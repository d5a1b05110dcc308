package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime;
import dev.bpg.server.ServerRuntime.Shutdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Removes what a reset leaves: the replacement if it was not completed, else what it replaced. Both
 * are in the record from before there is anything of them.
 */
public final class StaleIncarnations {

  private final Parts parts;

  /** Removal over these parts. */
  public StaleIncarnations(Parts parts) {
    this.parts = parts;
  }

  /**
   * Makes a branch whole after a reset, ended in whatever way: what is stale is removed, and the
   * server runs again if it ran before. Can be repeated; does nothing if there is nothing to do. To
   * be called with the branch's lock.
   */
  BranchRecord settle(BranchRecord record) throws IOException, InterruptedException {
    if (record.incarnations().stale().isEmpty()) {
      return record;
    }
    stopAll(record);
    // Before any data goes: until it runs, nothing proves that the other data will not be wanted.
    BranchRecord settled = (record.incarnations().resume() ? start(record) : record).settled();
    for (BranchId stale : record.incarnations().stale()) {
      removeData(record, stale);
    }
    parts.catalog().replace(settled);
    return settled;
  }

  /** Does so for a branch whose reset was abandoned; nothing if somebody works on it. */
  public void settleIfAbandoned(BranchRecord record) throws IOException, InterruptedException {
    Optional<LockFile> free = parts.locks().tryExclusive(record.name());
    if (free.isEmpty()) {
      return;
    }
    try (LockFile lock = free.get()) {
      Optional<BranchRecord> there = parts.catalog().find(record.name());
      if (there.isPresent() && there.get().state() == State.READY) {
        settle(there.get());
      } else if (there.isEmpty()) {
        lock.deleteFile();
      }
    }
  }

  /** Ends the servers of what is stale, and removes what they keep outside of their data. */
  void stopAll(BranchRecord record) throws InterruptedException {
    for (BranchId stale : record.incarnations().stale()) {
      removeServer(record, stale);
    }
  }

  /** Removes what is stale of a branch that goes itself. */
  void removeAll(BranchRecord record) throws IOException, InterruptedException {
    stopAll(record);
    for (BranchId stale : record.incarnations().stale()) {
      removeData(record, stale);
    }
  }

  /** Ends the server of one incarnation at once, and removes what it keeps outside of its data. */
  void removeServer(BranchRecord record, BranchId id) throws InterruptedException {
    ServerRuntime runtime = parts.runtime(record);
    Optional<Path> data = parts.storage(record).dataFolder(id);
    if (data.isPresent()) {
      runtime.stop(id, data.get(), Shutdown.IMMEDIATE, parts.timeouts().stop());
    }
    runtime.remove(id);
  }

  private void removeData(BranchRecord record, BranchId id) throws IOException {
    parts.storage(record).deleteVolume(id);
    parts.secrets().delete(id, record.durability());
    parts.certificates().delete(List.of(id));
    // An earlier incarnation's snapshots are the branch's still, and its archive goes on from them.
    if (!record.incarnations().earlier().contains(id)) {
      parts.archives().delete(List.of(id));
    }
  }

  private BranchRecord start(BranchRecord record) throws IOException, InterruptedException {
    Path data = new ExistingBranches(parts).data("start branch", record);
    Endpoint endpoint = new ServerStart(parts).of(record, data);
    return record.withPort(endpoint.port());
  }
}
