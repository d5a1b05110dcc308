package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.CloneScript;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes what is to be done with branches that exist while nobody asks for them. */
final class PolicyChanges {

  private final Parts parts;
  private final ExistingBranches existing;

  PolicyChanges(Parts parts) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
  }

  /** What holds for a branch now. */
  BranchPolicy of(BranchRecord branch) throws IOException {
    return existing.current("read the policy of", branch).policy();
  }

  BranchRecord protect(BranchRecord wanted, boolean on) throws IOException, InterruptedException {
    String operation = on ? "protect branch" : "unprotect branch";
    if (on && existing.current(operation, wanted).temporary()) {
      throw new RefusedException(
          operation,
          wanted.name().toString(),
          "it is temporary and goes with its process",
          "call keep() on it first");
    }
    return change(operation, wanted, policy -> policy.withProtection(on));
  }

  BranchRecord expireAfter(BranchRecord wanted, Optional<Duration> time)
      throws IOException, InterruptedException {
    String operation = time.isPresent() ? "let expire branch" : "keep for ever branch";
    if (time.isPresent() && wanted.name().isMain()) {
      throw new RefusedException(
          operation,
          wanted.name().toString(),
          "it is its database's main branch",
          "delete the database when its time has come");
    }
    return change(
        operation, wanted, policy -> policy.withExpiresAt(time.map(parts.clock().instant()::plus)));
  }

  BranchRecord idleStop(BranchRecord wanted, Optional<Duration> time)
      throws IOException, InterruptedException {
    return change("change the idle stop of", wanted, policy -> policy.withIdleStop(time));
  }

  BranchRecord runAfterClone(BranchRecord wanted, List<CloneScript> scripts)
      throws IOException, InterruptedException {
    return change(
        "say what runs after a clone of", wanted, policy -> policy.withAfterClone(scripts));
  }

  private BranchRecord change(
      String operation, BranchRecord wanted, UnaryOperator<BranchPolicy> change)
      throws IOException, InterruptedException {
    try (LockFile lock = existing.lock(operation, wanted)) {
      BranchRecord current = existing.current(operation, wanted);
      BranchRecord changed = current.withPolicy(change.apply(current.policy()));
      if (!changed.equals(current)) {
        parts.catalog().replace(changed);
      }
      return changed;
    }
  }
}
