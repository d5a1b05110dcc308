package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import dev.bpg.storage.LimitingStorage;
import dev.bpg.storage.Storage;
import dev.bpg.storage.TunableStorage;
import java.nio.file.Path;

/**
 * What only some storages can do to a volume. Asked of another one, it is refused, not left out.
 */
final class VolumeTuning {

  private VolumeTuning() {}

  /**
   * To be asked before anything is made.
   *
   * @throws RefusedException if there are limits and the storage has none
   */
  static void check(Storage storage, SpaceLimits limits, String subject) {
    if (!limits.isNone()) {
      limiting(storage, subject);
    }
  }

  /** Sets limits, if there are any; what is refused or fails leaves the volume as it is. */
  static void limit(Storage storage, BranchId id, SpaceLimits limits) {
    if (!limits.isNone()) {
      limiting(storage, id.value()).limit(id, limits);
    }
  }

  /** The storage as one that has limits. */
  static LimitingStorage limiting(Storage storage, String subject) {
    if (storage instanceof LimitingStorage limiting) {
      return limiting;
    }
    throw new RefusedException(
        "limit the space of",
        subject,
        "the storage " + storage.name() + " has no quotas and no reservations",
        "leave them out, or keep the database on the storage zfs");
  }

  /** Makes a volume with these properties. */
  static Path create(Storage storage, BranchId id, VolumeProperties properties) {
    if (storage instanceof TunableStorage tunable) {
      return tunable.createVolume(id, properties);
    }
    if (properties.equals(VolumeProperties.none())) {
      return storage.createVolume(id);
    }
    throw new RefusedException(
        "create volume",
        id.value(),
        "the storage " + storage.name() + " lays out volumes in one way only",
        "take away what is said of record size, compression and times of access");
  }
}
