package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
   * @param reserved ids that a process which is gone was going to give to branches, in that order
   * @return whether nothing is left of any that is not permanent
   * @throws dev.bpg.error.UnavailableException if a record cannot be read, which might be of one;
   *     nothing is removed then
   */
  public boolean remove(List<BranchId> reserved) throws IOException, InterruptedException {
    deleteEmptyRecords();
    List<BranchId> lost = new ArrayList<>(reserved);
    lost.removeAll(KnownIds.of(parts));
    Set<BranchId> seen = seen(lost);
    List<Exception> failures = new ArrayList<>();
    // What was made later may have been made from what was made before.
    for (int i = lost.size() - 1; i >= 0; i--) {
      try {
        if (seen.contains(lost.get(i))) {
          remove(lost.get(i));
        }
      } catch (IOException | BpgException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException some = new IOException(failures.size() + " are left", failures.get(0));
      failures.stream().skip(1).forEach(some::addSuppressed);
      throw some;
    }
    return parts.catalog().list().stream()
        .filter(BranchRecord::temporary)
        .noneMatch(record -> record.allIds().stream().anyMatch(reserved::contains));
  }

  // A file system that was not waited for may come back with such. Whoever lives writes none.
  private void deleteEmptyRecords() throws IOException, InterruptedException {
    for (BranchName name : parts.catalog().empty()) {
      try (LockFile lock = parts.locks().exclusive(name)) {
        if (parts.catalog().deleteEmpty(name)) {
          LOG.info("removed the record of {}, which a crash of the machine left empty", name);
        }
        if (parts.catalog().isFree(name)) {
          lock.deleteFile();
        }
      }
    }
  }

  // Whoever was merely killed has left nothing of them: to ask for each would take long.
  private Set<BranchId> seen(List<BranchId> lost) throws IOException {
    Set<BranchId> seen = new HashSet<>(parts.secrets().list());
    seen.addAll(parts.certificates().list());
    seen.addAll(parts.archives().list());
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      seen.addAll(runtime.servers());
    }
    for (Storage place : parts.storages().places()) {
      seen.addAll(place.volumes());
    }
    return parts.snapshots().list(lost).stream()
        .map(SnapshotRecord::branch)
        .collect(Collectors.toCollection(() -> seen));
  }

  private void remove(BranchId id) throws IOException, InterruptedException {
    LOG.info("removing what a crash of the machine left of temporary branch {}", id);
    try (LockFile lock = parts.locks().exclusiveOfSnapshot(id)) {
      new SnapshotRemoval(parts).deleteAll(List.of(id));
      Orphans.removeVolume(parts, id);
      parts.certificates().delete(List.of(id));
      parts.archives().delete(List.of(id));
      parts.secrets().delete(id, Durability.MACHINE);
      lock.deleteFile();
    }
  }
}
