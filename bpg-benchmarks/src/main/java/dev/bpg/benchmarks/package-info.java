/**
 * Measurements of whole operations, from the call to the first row, against the bare floor measured
 * in the same run by the same JVM. Each benchmark is a program: {@code ColdBranch}, {@code
 * Concurrency}, {@code Catalog500}.
 *
 * <p>They do not use JMH, which is made for code of nanoseconds that a compiler could optimise
 * away. What is measured here takes tens of milliseconds, nearly all of it in the kernel and in
 * other processes, and has to be tidied up between two measurements. What matters instead is that
 * noise hits all contenders alike: they take turns, round by round, and are compared by the ratio
 * of their medians.
 *
 * <p>May use all of bpg, its internal packages included.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.benchmarks;
