package dev.bpg;

import java.util.List;

/**
 * Snapshots: the static door to {@link Bpg#shared()}. They are taken with {@link
 * Branch#snapshot(String)}.
 *
 * <p>All methods are safe for use by several threads.
 */
public final class Snapshots {

  private Snapshots() {}

  /**
   * A snapshot that exists.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist
   */
  public static Snapshot get(String id) {
    return Bpg.shared().getSnapshot(id);
  }

  /** All snapshots of all branches, the oldest first. */
  public static List<Snapshot> list() {
    return Bpg.shared().listSnapshots();
  }

  /** All snapshots of a database's branches, the oldest first; empty if it does not exist. */
  public static List<Snapshot> list(String database) {
    return Bpg.shared().listSnapshots(database);
  }

  /** Begins to describe which snapshots are to go. */
  public static SnapshotCleanup cleanUp() {
    return Bpg.shared().cleanUpSnapshots();
  }
}
