package dev.bpg.internal.plan;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * What is going to be done.
 *
 * @param name the new branch's name
 * @param id its id
 * @param method how the data is taken
 * @param settings its server settings, what it inherits included
 * @param expiresAt when it may be deleted
 */
public record BranchPlan(
    BranchName name,
    BranchId id,
    CloneMethod method,
    ServerSettings settings,
    Optional<Instant> expiresAt) {

  /** The same, with the data taken by a recovery. */
  public BranchPlan recovered() {
    return new BranchPlan(name, id, CloneMethod.RECOVERY, settings, expiresAt);
  }
}
