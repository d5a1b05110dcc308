/** Runs every example for real, and holds the documentation to them. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples;
