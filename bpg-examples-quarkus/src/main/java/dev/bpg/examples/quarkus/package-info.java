/** A shop in Quarkus that knows nothing of branches. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.quarkus;
