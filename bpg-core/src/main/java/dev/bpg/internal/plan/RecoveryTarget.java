package dev.bpg.internal.plan;

import dev.bpg.model.Lsn;
import java.time.Instant;

/** The point up to which WAL is replayed. */
public sealed interface RecoveryTarget {

  /** All that was committed at a time or before, to the microsecond. */
  record AtTime(Instant time) implements RecoveryTarget {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** All that was written before a position in the WAL. */
  record AtLsn(Lsn lsn) implements RecoveryTarget {
    @Override
    public String toString() {
      return "LSN " + lsn;
    }
  }

  /** All that was written before a named point; of several of one name, the last. */
  record AtRestorePoint(String name) implements RecoveryTarget {
    @Override
    public String toString() {
      return "restore point " + name;
    }
  }
}
