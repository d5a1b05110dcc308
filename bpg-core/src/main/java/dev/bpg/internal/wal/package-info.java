/**
 * The format of Postgres' write-ahead log, versions 14 to 18: names of segments, timelines, pages
 * and records. Knows bytes and no folders. This package may import {@code dev.bpg.model} and {@code
 * dev.bpg.error}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/wal-internals.html">WAL Internals</a>
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.wal;
