/**
 * The first thing to run: what bpg does, on a million rows or on a database of one's own, with a
 * report in the terminal. {@link dev.bpg.examples.quickstart.Quickstart} is the program, {@code
 * Tour} what it shows, {@code Content} what it shows it with. It uses the public API alone.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.quickstart;
