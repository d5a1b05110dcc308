/**
 * What is known of Postgres itself: its data folder, its backup protocol, its WAL, its roles. SQL
 * is spoken here and nowhere else inside bpg. This package may import {@code dev.bpg.model}, {@code
 * dev.bpg.error}, the SPIs and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.postgres;
