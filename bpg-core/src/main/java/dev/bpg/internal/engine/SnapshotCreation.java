package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.internal.plan.BranchPlanner;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.ControlFile;
import dev.bpg.internal.postgres.WalPosition;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.ServerState;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes snapshots. One is planned and taken as a branch is, except that no server is started on it.
 * The record is there before the volume and says so until the volume is complete.
 */
final class SnapshotCreation {

  private static final String OPERATION = "take a snapshot of";

  private final Parts parts;
  private final ExistingBranches existing;
  private final Backups backups;
  private final SnapshotRemoval removal;

  SnapshotCreation(Parts parts, Backups backups, SnapshotRemoval removal) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.backups = backups;
    this.removal = removal;
  }

  SnapshotRecord create(SnapshotRequest request) throws IOException, InterruptedException {
    BranchRecord found = existing.current(OPERATION, request.branch());
    try (LockFile lock = parts.locks().shared(found.name())) {
      BranchRecord branch = existing.currentUnder(OPERATION, found);
      return create(request, branch);
    }
  }

  /** Takes one of a branch whose lock is held. */
  SnapshotRecord create(SnapshotRequest request, BranchRecord branch)
      throws IOException, InterruptedException {
    Path data = existing.data(OPERATION, branch);
    ServerState state = parts.runtime(branch).state(branch.id(), data);
    CloneSource source =
        new CloneSource(branch, Optional.empty(), parts.storage(branch), data, state, List.of());
    BranchPlan plan =
        BranchPlanner.plan(
            BranchRequest.of(branch.name(), request.mode(), branch.temporary()),
            source.facts(BranchId.random(), parts.clock().instant()));
    SnapshotRecord record = record(request, branch, plan);
    try (LockFile own = parts.locks().exclusiveOfSnapshot(record.id())) {
      parts.snapshots().create(record);
      try {
        SnapshotRecord taken = take(record, plan, source);
        parts.snapshots().replace(taken);
        return taken;
      } catch (Throwable first) {
        removal.finishAfter(first, record);
        throw first;
      } finally {
        own.deleteFile();
      }
    }
  }

  private SnapshotRecord take(SnapshotRecord record, BranchPlan plan, CloneSource source)
      throws IOException, InterruptedException {
    Storage storage = source.storage();
    Instant before = position(source).map(WalPosition::at).orElse(parts.clock().instant());
    BranchOrigin origin = new BranchOrigin(record.origin().mode(), plan.method(), before);
    try (DataTransfer transfer =
        DataTransfer.begin(plan, source.parentData(), source.server(), backups)) {
      origin = transfer.run(record.id(), origin);
    }
    Optional<WalPosition> after = position(source);
    Path volume = storage.dataFolder(record.id()).orElseThrow();
    // What goes with its process has to survive no crash of the machine.
    if (!(storage instanceof AtomicStorage) && !source.parent().temporary()) {
      FileSystemSync.sync(volume);
    }
    ControlFile control = ControlFile.of(volume);
    Optional<String> end =
        after
            .map(WalPosition::lsn)
            .or(() -> Optional.of(control.checkpoint()).filter(lsn -> control.wasShutDown()));
    return record.taken(
        origin.withWal(origin.startLsn().orElse(control.redo()), end),
        after.map(WalPosition::at).orElse(parts.clock().instant()),
        control.timeline(),
        size(record, storage));
  }

  // To add up a size takes as long as the rest on storages that share data, and nobody sees a
  // mark's.
  private static long size(SnapshotRecord record, Storage storage) {
    return record.mark().isPresent() ? 0 : storage.space(record.id()).referenced();
  }

  private Optional<WalPosition> position(CloneSource source) {
    return source
        .server()
        .endpoint()
        .map(server -> WalPosition.of(source.name(), server, backups.sessions()));
  }

  private SnapshotRecord record(SnapshotRequest request, BranchRecord branch, BranchPlan plan) {
    Instant now = parts.clock().instant();
    return new SnapshotRecord(
        plan.id(),
        branch.id(),
        request.label(),
        request.schedule(),
        request.mark(),
        State.CREATING,
        branch.storage(),
        branch.runtime(),
        branch.build(),
        branch.settings(),
        new BranchOrigin(request.mode(), plan.method(), now),
        now,
        0,
        0,
        now);
  }
}
