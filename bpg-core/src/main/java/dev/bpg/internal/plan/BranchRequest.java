package dev.bpg.internal.plan;

import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller asked for.
 *
 * @param parent the branch to make one from
 * @param name the new branch's name; empty to have it named
 * @param mode how to take a running parent's data
 * @param expiresAfter how long from now until it may be deleted
 * @param settings server settings of its own
 * @param temporary whether it goes with this process
 */
public record BranchRequest(
    BranchName parent,
    Optional<String> name,
    BranchMode mode,
    Optional<Duration> expiresAfter,
    ServerSettings settings,
    boolean temporary) {}
