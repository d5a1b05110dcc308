/**
 * The storage whose volumes are btrfs subvolumes and whose clones are snapshots. May import {@code
 * dev.bpg.internal.storage}, {@code dev.bpg.storage}, {@code dev.bpg.model}, {@code dev.bpg.error}
 * and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.storage.btrfs;
