package dev.bpg.internal.catalog;

import dev.bpg.model.BranchId;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids that a branch had before its present one, and those whose volume and server have to be
 * removed. A reset makes a new incarnation beside the present one, which is stale until the record
 * is committed; from then on the earlier one is. So a process may be killed at any point: whoever
 * comes next removes what is stale, and the branch is whole.
 *
 * @param earlier the ids it had, the oldest first; snapshots and archives of theirs are the
 *     branch's
 * @param stale the ids of what is to be removed
 * @param resume whether the server has to be started again once that is done
 */
public record Incarnations(List<BranchId> earlier, List<BranchId> stale, boolean resume) {

  private static final Incarnations NONE = new Incarnations(List.of(), List.of(), false);

  /** Copies the lists. */
  public Incarnations {
    earlier = List.copyOf(earlier);
    stale = List.copyOf(stale);
  }

  /** A branch that was never reset. */
  public static Incarnations none() {
    return NONE;
  }

  /** With one that is being made beside the present one. */
  Incarnations preparing(BranchId next, boolean running) {
    return new Incarnations(earlier, List.of(next), running);
  }

  /** With the present one replaced. */
  Incarnations replaced(BranchId present) {
    List<BranchId> all = new ArrayList<>(earlier);
    all.add(present);
    return new Incarnations(all, List.of(present), resume);
  }

  /** With nothing left to do. */
  Incarnations settled() {
    return new Incarnations(earlier, List.of(), false);
  }
}
