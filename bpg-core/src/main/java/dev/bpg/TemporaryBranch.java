package dev.bpg;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;

/**
 * A branch that goes with its process: use it in a {@code try} statement. If the process is killed,
 * it is gone within 10 seconds. Its own branches are temporary too, and go with it. Thread-safe.
 */
public final class TemporaryBranch extends Branch implements AutoCloseable {

  TemporaryBranch(Engine engine, BranchRecord record) {
    super(engine, record);
  }

  /**
   * Deletes it with all its descendants, off the caller's path: returns at once. A second call does
   * nothing. A failure is logged, and made good by the next process that opens the home.
   */
  @Override
  public void close() {
    engine().deleteSoon(record());
  }

  /**
   * Makes it a permanent branch: it stays until somebody deletes it, and {@link #close()} does
   * nothing any more. Its server is restarted, which ends its sessions: from here on it waits for
   * the disk, as those of permanent branches do.
   *
   * @return the branch under its same name
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   * @throws dev.bpg.error.RefusedException if its parent is temporary
   */
  public Branch keep() {
    return new Branch(engine(), engine().keep(record()));
  }
}
