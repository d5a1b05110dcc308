package dev.bpg.internal.engine;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;

/** One clone by the storage, of a stopped parent or at one instant of a running one. */
record CloneTransfer(ParentData parent) implements DataTransfer {

  @Override
  public BranchOrigin run(BranchId target, BranchOrigin origin) {
    parent.storage().cloneVolume(parent.id(), target);
    return origin;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
