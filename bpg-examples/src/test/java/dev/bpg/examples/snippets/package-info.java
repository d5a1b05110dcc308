/** Compares the code in the documentation with the code that it quotes. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.snippets;
