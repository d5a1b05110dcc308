package dev.bpg.internal.plan;

import dev.bpg.model.RecoveryProgress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A wish for a branch's data as it was.
 *
 * @param target the point to recover to
 * @param timeout how long the recovery may take
 * @param listener told how far it is, in another thread
 */
public record RecoveryRequest(
    RecoveryTarget target, Duration timeout, Consumer<RecoveryProgress> listener) {}
