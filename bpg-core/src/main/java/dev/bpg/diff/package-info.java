/**
 * What differs between two branches, as immutable values: {@link dev.bpg.diff.BranchDiff} and its
 * parts. This package may import {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.diff;
