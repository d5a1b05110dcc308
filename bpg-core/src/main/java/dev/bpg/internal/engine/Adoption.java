package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.engine.ExistingBranches.Locked;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes a temporary branch of another process this process's own. */
public final class Adoption {

  private final Parts parts;
  private final Supplier<String> owner;

  Adoption(Parts parts, Supplier<String> owner) {
    this.parts = parts;
    this.owner = owner;
  }

  /** Whether it may be had; asked while nobody else can change the branch. */
  public interface Claim {
    /** Takes it. */
    boolean granted() throws IOException;
  }

  /**
   * Takes a branch over.
   *
   * @return the branch as it is now; empty if it is gone or the claim was not granted
   */
  Optional<BranchRecord> adopt(BranchRecord wanted, Claim claim)
      throws IOException, InterruptedException {
    Optional<Locked> found = new ExistingBranches(parts).lockAny(wanted);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Locked locked = found.get()) {
      BranchRecord there = locked.record();
      boolean available = there.state() == State.READY && there.owner().equals(wanted.owner());
      if (!available || !claim.granted()) {
        return Optional.empty();
      }
      BranchRecord adopted = there.withOwner(owner.get());
      parts.catalog().replace(adopted);
      return Optional.of(adopted);
    }
  }
}
