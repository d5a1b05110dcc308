package dev.bpg.internal.pool;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.lease.Slot;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.internal.postgres.WriteTrace;
import java.util.Optional;

/**
 * A branch of a pool.
 *
 * @param branch the branch
 * @param slot its right to live
 * @param trace by what it is seen that nothing was written to it; empty if that is not known
 * @param session a session that is open for whoever gets it; empty if there is none
 */
record Member(
    BranchRecord branch, Slot slot, Optional<WriteTrace> trace, Optional<ReadySession> session) {

  /** One that was just made, or was another process's: nothing is known of it. */
  Member(BranchRecord branch, Slot slot) {
    this(branch, slot, Optional.empty(), Optional.empty());
  }
}
