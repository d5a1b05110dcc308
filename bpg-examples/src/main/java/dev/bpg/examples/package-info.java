/**
 * Small programs, one per thing to do, that the documentation quotes: what stands between {@code //
 * tag::name} and {@code // end::name} is in it word for word. They use the public API alone.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples;
