package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchMode;
import java.util.Optional;

/**
 * What data a branch is to have from now on.
 *
 * @param branch the branch
 * @param source where the data comes from
 * @param snapshot the id or label of a snapshot, or the name of a mark, if one is named
 * @param mode how to take a running parent's data
 * @param force whether all that was made from it goes
 */
public record ResetRequest(
    BranchRecord branch, Source source, Optional<String> snapshot, BranchMode mode, boolean force) {

  /** Where data comes from. */
  public enum Source {
    /** What the parent has now. */
    PARENT,
    /** The snapshot that the branch was made of. */
    ORIGIN,
    /** A snapshot of the parent or of the branch itself. */
    SNAPSHOT,
    /** A snapshot of the branch itself. */
    OWN_SNAPSHOT,
    /** A mark of the branch itself. */
    MARK
  }

  /** Whether main branches can have it too. */
  boolean isOfItsOwn() {
    return source == Source.OWN_SNAPSHOT || source == Source.MARK;
  }

  String operation() {
    return switch (source) {
      case PARENT, ORIGIN, SNAPSHOT -> "reset branch";
      case OWN_SNAPSHOT -> "roll back branch";
      case MARK -> "rewind branch";
    };
  }
}
