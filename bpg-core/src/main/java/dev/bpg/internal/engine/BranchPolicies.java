package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.CloneScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done with branches while nobody asks for it. Thread-safe. */
public final class BranchPolicies {

  private final PolicyChanges policies;
  private final Expiry expiry;
  private final IdleStop idleStop;

  BranchPolicies(Parts parts, Expiry expiry, IdleStop idleStop) {
    this.policies = new PolicyChanges(parts);
    this.expiry = expiry;
    this.idleStop = idleStop;
  }

  /** What holds for a branch now. */
  public BranchPolicy of(BranchRecord branch) {
    return Attempt.to("read the policy of", branch.name(), () -> policies.of(branch));
  }

  /** The same; empty if the branch does not exist any more. */
  public Optional<BranchPolicy> ifThere(BranchRecord branch) {
    try {
      return Optional.of(of(branch));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Has every deletion of a branch refused, or no longer. */
  public void protect(BranchRecord branch, boolean on) {
    Attempt.to(
        on ? "protect branch" : "unprotect branch",
        branch.name(),
        () -> policies.protect(branch, on));
  }

  /** Changes the time after which a branch is deleted, from now; empty for never. */
  public void expireAfter(BranchRecord branch, Optional<Duration> time) {
    expiry.watch(
        Attempt.to(
            "change the expiry of", branch.name(), () -> policies.expireAfter(branch, time)));
  }

  /** Changes the time without a connection after which a branch is stopped; empty for never. */
  public void stopWhenIdle(BranchRecord branch, Optional<Duration> time) {
    idleStop.watch(
        Attempt.to(
            "change the idle stop of", branch.name(), () -> policies.idleStop(branch, time)));
  }

  /** Replaces what is run on each branch of a branch. */
  public void runAfterClone(BranchRecord branch, List<CloneScript> scripts) {
    Attempt.to(
        "say what runs after a clone of",
        branch.name(),
        () -> policies.runAfterClone(branch, scripts));
  }

  /** Deletes a branch when its time comes, from now on. */
  void watchExpiry(BranchRecord branch) {
    expiry.watch(branch);
  }

  /** Deletes a branch when its time comes and stops it when it is idle, from now on. */
  void watch(BranchRecord branch) {
    expiry.watch(branch);
    idleStop.watch(branch);
  }
}
