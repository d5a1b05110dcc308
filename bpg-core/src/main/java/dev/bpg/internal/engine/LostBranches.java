package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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
   * @param reserved ids that processes which are gone were going to give to branches
   * @return those that temporary branches have; nothing is left of the others
   * @throws dev.bpg.error.UnavailableException if a record cannot be read, which might be of one;
   *     nothing is removed then
   */
  public Set<BranchId> remove(Collection<BranchId> reserved)
      throws IOException, InterruptedException {
    deleteEmptyRecords(reserved);
    if (reserved.isEmpty()) {
      return Set.of();
    }
    Set<BranchId> lost = new HashSet<>(reserved);
    lost.removeAll(KnownIds.of(parts));
    // Whoever was merely killed has left nothing of them: to ask for each would take long.
    lost.retainAll(there(lost));
    List<Exception> failures = new ArrayList<>();
    for (BranchId id : lost) {
      try {
        remove(id);
      } catch (IOException | BpgException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException some = new IOException(failures.size() + " are left", failures.get(0));
      failures.stream().skip(1).forEach(some::addSuppressed);
      throw some;
    }
    return KnownIds.ofTemporary(parts);
  }

  // A file system that was not waited for may come back with such; whoever lives writes none. A
  // permanent branch's is damaged, and stays: its volume would be one that nobody knows.
  private void deleteEmptyRecords(Collection<BranchId> reserved)
      throws IOException, InterruptedException {
    List<BranchName> empty = parts.catalog().empty();
    if (empty.isEmpty()) {
      return;
    }
    Set<BranchId> unknown = volumes();
    unknown.removeAll(KnownIds.readable(parts));
    unknown.removeAll(reserved);
    if (!unknown.isEmpty()) {
      LOG.debug("the records {} are empty, and nobody knows volumes {}", empty, unknown);
      return;
    }
    for (BranchName name : empty) {
      try (LockFile lock = parts.locks().exclusive(name)) {
        if (parts.catalog().deleteEmpty(name)) {
          LOG.warn("removed the record of {}, which a crash of the machine left empty", name);
          lock.deleteFile();
        }
      }
    }
  }

  private Set<BranchId> volumes() {
    Set<BranchId> volumes = new HashSet<>();
    for (Storage place : parts.storages().places()) {
      volumes.addAll(place.volumes());
    }
    return volumes;
  }

  private Set<BranchId> there(Set<BranchId> lost) throws IOException {
    Set<BranchId> there = volumes();
    there.addAll(parts.secrets().list());
    there.addAll(parts.certificates().list());
    there.addAll(parts.archives().list());
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      there.addAll(runtime.servers());
    }
    parts.snapshots().list(lost).stream().map(SnapshotRecord::branch).forEach(there::add);
    return there;
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
