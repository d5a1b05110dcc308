package dev.bpg.model;

/** How a branch of a running parent is taken. A stopped parent needs neither. */
public enum BranchMode {
  /**
   * Inside Postgres' backup mode: the parent writes a checkpoint first, so that the branch starts
   * with next to nothing to replay. The default.
   */
  CONSISTENT,

  /**
   * As fast as the storage allows. On an atomic storage nothing is sent to the parent and the
   * branch recovers as if after a crash; nothing that was committed is lost. Elsewhere the backup
   * protocol is needed all the same, and {@link BranchOrigin#method()} says so.
   */
  FAST
}
