package dev.bpg.internal.pool;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.ReadySession;
import java.util.Optional;

/**
 * A branch that somebody has of a pool.
 *
 * @param branch the branch
 * @param session a session that is open for him; empty if there is none
 */
public record Taken(BranchRecord branch, Optional<ReadySession> session) {}
