package dev.bpg.storage;

import dev.bpg.model.BranchId;
import dev.bpg.model.VolumeProperties;
import java.nio.file.Path;

/**
 * A storage that lays out volumes as it is told. A clone is laid out as its source is, whatever the
 * defaults have become.
 */
public interface TunableStorage extends Storage {

  /**
   * Like {@link #createVolume(BranchId)}, with properties of its own.
   *
   * @throws dev.bpg.error.AlreadyExistsException if something is already in its place
   * @throws dev.bpg.error.RefusedException if this storage, as it is here, does not know a value
   * @throws dev.bpg.error.UnavailableException if the storage cannot: rights, space, a read-only
   *     file system
   */
  Path createVolume(BranchId id, VolumeProperties properties);

  /**
   * The properties of a volume as they are, none of them empty.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  VolumeProperties properties(BranchId id);
}
