package dev.bpg.internal.engine;

import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.io.IOException;
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
   *
   * @param reserved ids that a process of this home was going to give to branches, before the
   *     machine was started last
   * @throws dev.bpg.error.UnavailableException if something is left and a record cannot be read,
   *     which might be its; nothing is removed then
   */
  public void remove(Collection<BranchId> reserved) throws IOException, InterruptedException {
    Set<BranchId> left = there();
    left.retainAll(reserved);
    if (left.isEmpty()) {
      return;
    }
    left.removeAll(KnownIds.of(parts));
    for (BranchId id : left) {
      LOG.info("removing what a crash of the machine left of temporary branch {}", id);
      remove(id);
    }
  }

  private Set<BranchId> there() throws IOException {
    Set<BranchId> ids = new HashSet<>(parts.secrets().list());
    for (ServerRuntime runtime : parts.runtimes().usable()) {
      ids.addAll(runtime.servers());
    }
    for (Storage place : parts.storages().places()) {
      ids.addAll(place.volumes());
    }
    return ids;
  }

  private void remove(BranchId id) throws IOException, InterruptedException {
    try (LockFile lock = parts.locks().exclusiveOfSnapshot(id)) {
      Orphans.removeVolume(parts, id);
      parts.secrets().delete(id, Durability.MACHINE);
      parts.certificates().delete(List.of(id));
      parts.archives().delete(List.of(id));
      lock.deleteFile();
    }
  }
}
