/**
 * The storage whose volumes are datasets of ZFS and whose clones are clones of their snapshots. May
 * import {@code dev.bpg.internal.storage}, {@code dev.bpg.storage}, {@code dev.bpg.model}, {@code
 * dev.bpg.error} and {@code dev.bpg.internal.platform} with what is below it.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.storage.zfs;
