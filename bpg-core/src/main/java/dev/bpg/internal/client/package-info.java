/**
 * Postgres' own client programs, run as processes: {@code pg_dump}, {@code pg_restore}, {@code
 * pg_basebackup}. This package may import {@code dev.bpg.model}, {@code dev.bpg.error} and {@code
 * dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.client;
