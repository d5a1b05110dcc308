package dev.bpg.model;

/** How a branch's data was really taken from its parent. */
public enum CloneMethod {
  /** The first data of a database: made by {@code initdb}. */
  INITDB,
  /** The first data of a database: taken over from a cluster elsewhere. */
  IMPORT,
  /** The parent was stopped: its files, as they were. */
  STOPPED,
  /** One atomic snapshot of the running parent; the branch replayed its WAL as after a crash. */
  SNAPSHOT,
  /** One atomic snapshot of the running parent, taken in backup mode right after a checkpoint. */
  SNAPSHOT_IN_BACKUP,
  /**
   * File by file in backup mode, with {@code backup_label} and all the WAL of the copy's duration.
   */
  BACKUP,
  /** A snapshot of the parent, on which its archived WAL was replayed up to a point in time. */
  RECOVERY
}
