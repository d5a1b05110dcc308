package dev.bpg.internal;

import dev.bpg.internal.engine.TemporaryIds;
import dev.bpg.internal.lease.OwnLease;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;

/**
 * The ids of a lease, as the engine asks for them.
 *
 * @param lease the lease
 */
public record LeasedIds(OwnLease lease) implements TemporaryIds {

  @Override
  public BranchId next() throws IOException {
    return new BranchId(lease.nextId());
  }

  @Override
  public BranchId next(String owner) throws IOException {
    return new BranchId(lease.nextId(owner));
  }

  @Override
  public void add(List<BranchId> ids) throws IOException {
    lease.add(ids.stream().map(BranchId::value).toList());
  }

  @Override
  public void remove(List<BranchId> ids) throws IOException {
    lease.remove(ids.stream().map(BranchId::value).toList());
  }
}
