package dev.bpg.model;

/**
 * The space that a branch takes, in bytes.
 *
 * @param used what would be free again if the branch were deleted: on storages that share data,
 *     only what this branch shares with no other
 * @param referenced all the data that the branch can read, shared or not
 */
public record SpaceUsage(long used, long referenced) {}
