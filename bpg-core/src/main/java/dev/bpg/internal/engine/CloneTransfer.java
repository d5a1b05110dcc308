package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchOrigin;

/** One clone by the storage, of a stopped parent or at one instant of a running one. */
record CloneTransfer(ParentData parent) implements DataTransfer {

  @Override
  public BranchOrigin run(BranchRecord branch) {
    parent.storage().cloneVolume(parent.id(), branch.id());
    return branch.origin();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
