/** Tests with Testcontainers and with zonky's libraries, and what they are with bpg. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.migration;
