/**
 * ZFS through JNA, without any program of its own: libzfs_core for changes, four older ioctls of
 * {@code /dev/zfs} for properties and listings, {@code mount(2)} for mounts.
 *
 * <p>Two layers. Classes named {@code …Calls} and {@code ZfsCommand} declare what OpenZFS and the C
 * library have, under their names, and are package-private. The public classes convert, call,
 * translate the operation's errors with its arguments, and return; {@link
 * dev.bpg.internal.platform.zfs.Zfs#open()} is the way in. No pointer and no JNA type is in any
 * signature that another package can see, no call can end the JVM, and every one ends, if only with
 * the news that its outcome is unknown. This package may import {@code dev.bpg.error} and {@code
 * dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.platform.zfs;
