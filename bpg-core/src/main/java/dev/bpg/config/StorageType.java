package dev.bpg.config;

/** Which storage keeps the volumes: the key {@code storage.type}, there in lower case. */
public enum StorageType {
  /**
   * {@link #ZFS} if {@code zfs.dataset} is given, else the best one that the storage's folder
   * allows. The default.
   */
  AUTO,
  /** Plain copies of files; works everywhere. */
  COPY,
  /** Files that share their blocks, on a file system with reflinks such as xfs. */
  REFLINK,
  /** Snapshots of btrfs subvolumes. */
  BTRFS,
  /** Snapshots and clones of ZFS datasets below {@code zfs.dataset}. */
  ZFS
}
