package dev.bpg.storage;

import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceLimits;

/**
 * A storage that can bound the space of a volume. The limits are kept with the volume, go with it,
 * and are not passed on to its clones.
 */
public interface LimitingStorage extends Storage {

  /**
   * Replaces a volume's limits; what is empty is lifted.
   *
   * @throws dev.bpg.error.NotFoundException if the volume does not exist
   * @throws dev.bpg.error.RefusedException if the volume takes more than the quota already, or the
   *     reservation is more than there is
   * @throws dev.bpg.error.UnavailableException if the storage cannot
   */
  void limit(BranchId id, SpaceLimits limits);

  /**
   * A volume's limits.
   *
   * @throws dev.bpg.error.NotFoundException if the volume does not exist
   */
  SpaceLimits limits(BranchId id);
}
