package dev.bpg.internal.engine;

import java.time.Duration;

/**
 * Which templates are kept.
 *
 * @param unusedFor how long one that nobody uses
 * @param maxSize how many bytes all of them may take
 */
public record TemplateBounds(Duration unusedFor, long maxSize) {}
