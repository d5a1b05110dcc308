package dev.bpg.internal;

import dev.bpg.internal.engine.TemporaryIds;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.internal.lease.Reservations;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;

/**
 * The ids of a lease, as the engine asks for them.
 *
 * @param lease the lease
 * @param reservations where they are written down
 */
public record LeasedIds(OwnLease lease, Reservations reservations) implements TemporaryIds {

  @Override
  public BranchId next() throws IOException {
    return new BranchId(lease.nextId());
  }

  @Override
  public void remove(List<BranchId> ids) throws IOException, InterruptedException {
    reservations.remove(ids.stream().map(BranchId::value).toList());
  }
}
