/**
 * The bare floor: the least that has to happen until a clone of a server's data gives its first
 * row, done by hand with no library around it. Uses {@code dev.bpg.internal.platform} for the
 * system calls, and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.benchmarks.floor;
