/**
 * How bpg itself talks to a Postgres server: over its Unix socket, where no password is needed.
 * This package may import {@code dev.bpg.server}, {@code dev.bpg.model} and {@code dev.bpg.error}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.postgres;
