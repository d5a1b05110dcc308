package dev.bpg.internal.storage.zfs;

/**
 * The user properties that say what is ours. Each is set by the very transaction that makes a
 * thing. A clone cannot have one: ZFS sets the properties of a clone in a transaction group of
 * their own, which would be one more to wait for. What makes a clone ours is the tag of its origin.
 */
final class Tags {

  /**
   * Of a volume's dataset that is no clone: the volume's id. Counts only where it is set itself,
   * not inherited.
   */
  static final String ID = "bpg:id";

  /** Of the snapshot that volumes are cloned of: the ids of these volumes. */
  static final String FOR = "bpg:for";

  /** Of the dataset that holds the volumes: the folder where they are mounted. */
  static final String PATH = "bpg:path";

  private Tags() {}
}
