/**
 * What is known of Postgres itself: its data folder, its backup protocol, its WAL, its roles. SQL
 * is spoken here, in the engine and in {@code dev.bpg.internal.diff}. This package may import
 * {@code dev.bpg.model}, {@code dev.bpg.error}, the SPIs, {@code dev.bpg.internal.platform} and
 * {@code dev.bpg.internal.wal}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.postgres;
