/** Tests of the statistics. */
@org.jspecify.annotations.NullMarked
package dev.bpg.benchmarks.measure;
