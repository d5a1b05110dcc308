package dev.bpg.internal;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.lease.Slots;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a process lets go of its lease: in good order only if no record carries it any more, not even
 * that of a branch that came to nothing; otherwise the watchdog cleans up.
 *
 * @param engine what is closed
 * @param slots what goes with the lease
 * @param lease the lease
 */
public record LeaseEnd(Engine engine, Slots slots, OwnLease lease) {

  /**
   * Lets go of it, if it was taken out.
   *
   * @param done whether the engine believes that its branches are gone
   */
  public void run(boolean done) throws IOException {
    Optional<String> taken = lease.taken();
    if (taken.isEmpty()) {
      return;
    }
    boolean clean = false;
    List<BranchRecord> left = List.of();
    try {
      left = engine.branches().temporary();
      clean = done && left.stream().noneMatch(record -> record.owner().equals(taken));
      if (clean) {
        slots.releaseAll(taken.get());
      }
    } catch (IOException | RuntimeException e) {
      lease.release(false, List.of());
      throw e;
    }
    lease.release(
        clean, left.stream().flatMap(each -> each.allIds().stream()).map(BranchId::value).toList());
  }
}
