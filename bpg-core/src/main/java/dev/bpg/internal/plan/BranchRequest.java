package dev.bpg.internal.plan;

import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller asked for.
 *
 * @param parent the branch to make one from
 * @param snapshot the id or label of the snapshot of it to make one from, instead of its present
 * @param recovery the point to recover its data to, instead of its present
 * @param name the new branch's name; empty to have it named
 * @param mode how to take a running parent's data
 * @param expiresAfter how long from now until it may be deleted
 * @param settings server settings of its own
 * @param limits the space it may take and is sure to get
 * @param temporary whether it goes with this process
 * @param isProtected whether every deletion of it is to be refused
 * @param idleStop after how long without a connection its server is stopped
 */
public record BranchRequest(
    BranchName parent,
    Optional<String> snapshot,
    Optional<RecoveryRequest> recovery,
    Optional<String> name,
    BranchMode mode,
    Optional<Duration> expiresAfter,
    ServerSettings settings,
    SpaceLimits limits,
    boolean temporary,
    boolean isProtected,
    Optional<Duration> idleStop) {

  /** A request for a branch that can be deleted and runs until it is stopped. */
  public BranchRequest(
      BranchName parent,
      Optional<String> snapshot,
      Optional<RecoveryRequest> recovery,
      Optional<String> name,
      BranchMode mode,
      Optional<Duration> expiresAfter,
      ServerSettings settings,
      SpaceLimits limits,
      boolean temporary) {
    this(
        parent,
        snapshot,
        recovery,
        name,
        mode,
        expiresAfter,
        settings,
        limits,
        temporary,
        false,
        Optional.empty());
  }

  /** The same of another snapshot. */
  public BranchRequest withSnapshot(String id) {
    return new BranchRequest(
        parent,
        Optional.of(id),
        recovery,
        name,
        mode,
        expiresAfter,
        settings,
        limits,
        temporary,
        isProtected,
        idleStop);
  }

  /** A request for a parent's present data and nothing else. */
  public static BranchRequest of(BranchName parent, BranchMode mode, boolean temporary) {
    return new BranchRequest(
        parent,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        mode,
        Optional.empty(),
        ServerSettings.none(),
        SpaceLimits.none(),
        temporary);
  }
}
