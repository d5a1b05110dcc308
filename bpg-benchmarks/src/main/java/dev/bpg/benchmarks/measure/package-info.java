/**
 * Timing and statistics, and how results are shown. Knows nothing of bpg, and is used by all
 * benchmarks.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.benchmarks.measure;
