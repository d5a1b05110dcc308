/**
 * Compares two databases over JDBC: their catalogs object by object, their rows by hashes that the
 * servers compute. Begin with {@link dev.bpg.internal.diff.Comparison}. This package may import
 * {@code dev.bpg.diff} and {@code dev.bpg.error}, and speaks SQL.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.diff;
