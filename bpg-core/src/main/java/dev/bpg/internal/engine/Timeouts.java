package dev.bpg.internal.engine;

import java.time.Duration;

/**
 * How long is waited for servers.
 *
 * @param start until one takes connections
 * @param stop until one is gone
 */
public record Timeouts(Duration start, Duration stop) {}
