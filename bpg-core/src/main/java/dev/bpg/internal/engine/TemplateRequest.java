package dev.bpg.internal.engine;

import java.time.Duration;

/**
 * What a caller asked for.
 *
 * @param database what the template is made like, under the name that its own begins with
 * @param fingerprint the caller's text for all that fills it
 * @param timeout how long that may take
 */
public record TemplateRequest(DatabaseRequest database, String fingerprint, Duration timeout) {}
