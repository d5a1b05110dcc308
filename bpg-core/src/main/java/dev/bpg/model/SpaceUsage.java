package dev.bpg.model;

import java.util.OptionalLong;

/**
 * The space that a branch takes, in bytes.
 *
 * @param used what would be free again if the branch were deleted: on storages that share data,
 *     only what this branch shares with no other
 * @param referenced all the data that the branch can read, shared or not
 * @param written how much of what the branch refers to was written since it was made, or since the
 *     last branch was made of it; empty on storages that do not keep count
 */
public record SpaceUsage(long used, long referenced, OptionalLong written) {

  /** The space on a storage that does not keep count of what is written. */
  public SpaceUsage(long used, long referenced) {
    this(used, referenced, OptionalLong.empty());
  }
}
