package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.RecoveryRequest;
import dev.bpg.internal.plan.RecoverySettings;
import dev.bpg.internal.plan.RecoveryTarget;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.internal.postgres.WalTail;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.Lsn;
import dev.bpg.server.Endpoint;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A branch's data as it was: a clone of a snapshot, on which the archived WAL is replayed up to a
 * point. The parent is read and never changed.
 */
final class RecoveredBranch {

  private static final String ENDED_EARLY = "recovery ended before configured recovery target";

  private final Parts parts;
  private final RecoveryRequest request;
  private final RecoverySource.Choice choice;
  private final Optional<Path> stoppedParent;

  /**
   * A recovery.
   *
   * @param stoppedParent the data folder of the parent if its server does not run: its last WAL is
   *     there and nowhere else
   */
  RecoveredBranch(
      Parts parts,
      RecoveryRequest request,
      RecoverySource.Choice choice,
      Optional<Path> stoppedParent) {
    this.parts = parts;
    this.request = request;
    this.choice = choice;
    this.stoppedParent = stoppedParent;
  }

  /** Makes the volume, ready to be recovered. */
  BranchOrigin clone(BranchRecord branch) throws IOException {
    SnapshotRecord base = choice.base();
    Storage storage = parts.storage(base);
    Path data = storage.cloneVolume(base.id(), branch.id());
    DataFolder.forgetParentsServer(data);
    Lsn start = RecoverySource.start(base);
    if (stoppedParent.isPresent()) {
      // Not into the clone's own WAL folder: that is replayed to its end before any target counts.
      WalSegments segments = choice.archive().segments();
      WalTail.copy(
          stoppedParent.get(),
          parts.archives().make(branch.id(), data),
          segments.name(base.timeline(), segments.numberAt(start)));
    }
    WalTail.signalRecovery(data);
    return branch.origin().withWal(start.toString(), Optional.empty());
  }

  /**
   * Starts the server, which recovers and takes connections when it is done.
   *
   * @throws RefusedException if the WAL ends before the target
   */
  Endpoint start(BranchRecord branch, Path data) throws IOException, InterruptedException {
    try {
      return start(branch, data, RecoverySettings.to(choice.target()));
    } catch (StartFailedException e) {
      if (!e.reason().contains(ENDED_EARLY)) {
        throw e;
      }
      if (stoppedParent.isPresent() && choice.target() instanceof RecoveryTarget.AtTime) {
        // Nothing was committed between the target and the end of the parent's server: the end is
        // what the parent was at that time.
        return start(branch, data, RecoverySettings.toTheEnd());
      }
      throw new RefusedException(
          "recover branch",
          branch.parent().orElseThrow().name().toString(),
          "its WAL ends before " + request.target(),
          "choose an earlier point",
          e);
    }
  }

  private Endpoint start(BranchRecord branch, Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    List<BranchId> archives = new ArrayList<>(List.of(choice.base().branch()));
    if (stoppedParent.isPresent()) {
      archives.add(branch.id());
    }
    try (ReplayWatch watch =
        ReplayWatch.begin(branch.parent().orElseThrow().name(), data, choice, request.listener())) {
      Endpoint endpoint =
          new ServerStart(parts).recovering(branch, data, archives, settings, request.timeout());
      parts.archives().delete(List.of(branch.id()));
      return endpoint;
    }
  }
}
