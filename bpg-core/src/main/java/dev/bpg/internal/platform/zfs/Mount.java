package dev.bpg.internal.platform.zfs;

import java.nio.file.Path;

/**
 * A file system of ZFS that is mounted.
 *
 * @param source the dataset's or snapshot's full name
 * @param target where it is mounted
 */
public record Mount(String source, Path target) {}
