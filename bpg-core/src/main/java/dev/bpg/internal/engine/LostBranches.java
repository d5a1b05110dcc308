package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of temporary branches whose records went with a crash of the machine: nobody waits
 * for the disk to have them.
 */
public final class LostBranches {

  private static final Logger LOG = LoggerFactory.getLogger(LostBranches.class);

  private final Parts parts;

  /** Those of a home. */
  public LostBranches(Parts parts) {
    this.parts = parts;
  }

  /**
   * Removes what carries one of these ids and is in no record. What was made permanent is in one.
   * One that cannot be removed does not keep the others.
   *
   * @param reserved ids that a process of this home was going to give to branches, before the
   *     machine was started last, in that order
   * @throws dev.bpg.error.UnavailableException if something is left and a record cannot be read,
   *     which might be its; nothing is removed then
   */
  public void remove(List<BranchId> reserved) throws IOException, InterruptedException {
    List<BranchId> left = left(reserved);
    if (left.isEmpty()) {
      return;
    }
    left.removeAll(KnownIds.of(parts));
    List<Exception> failures = new ArrayList<>();
    // What was made later may have been made from what was made before.
    for (int i = left.size() - 1; i >= 0; i--) {
      try {
        remove(left.get(i));
      } catch (IOException | BpgException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException some = new IOException(failures.size() + " are left", failures.get(0));
      failures.stream().skip(1).forEach(some::addSuppressed);
      throw some;
    }
  }

  private List<BranchId> left(List<BranchId> reserved) throws IOException {
    Set<BranchId> there = new HashSet<>(parts.secrets().list());
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      there.addAll(runtime.servers());
    }
    for (Storage place : parts.storages().places()) {
      there.addAll(place.volumes());
    }
    parts.snapshots().list(reserved).stream().map(SnapshotRecord::branch).forEach(there::add);
    List<BranchId> left = new ArrayList<>(reserved);
    left.retainAll(there);
    return left;
  }

  private void remove(BranchId id) throws IOException, InterruptedException {
    LOG.info("removing what a crash of the machine left of temporary branch {}", id);
    try (LockFile lock = parts.locks().exclusiveOfSnapshot(id)) {
      new SnapshotRemoval(parts).deleteAll(List.of(id));
      Orphans.removeVolume(parts, id);
      parts.secrets().delete(id, Durability.MACHINE);
      parts.certificates().delete(List.of(id));
      parts.archives().delete(List.of(id));
      lock.deleteFile();
    }
  }
}
