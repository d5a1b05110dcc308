package dev.bpg;

/** How a branch is reset or rolled back. */
public enum ResetOption {
  /**
   * Take a running parent's data as fast as the storage allows: see {@link
   * dev.bpg.model.BranchMode#FAST}. Default: consistent.
   */
  FAST,
  /** Delete all that was made from the branch, the deepest first, instead of refusing. */
  FORCE
}
