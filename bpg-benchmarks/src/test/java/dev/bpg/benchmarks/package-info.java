/** Runs the benchmarks for real, small. */
@org.jspecify.annotations.NullMarked
package dev.bpg.benchmarks;
