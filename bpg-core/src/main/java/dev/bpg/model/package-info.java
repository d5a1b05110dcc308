/**
 * The nouns of bpg as immutable values: names, ids, states and sizes. Strings are parsed into these
 * once, at the edge. This package may import {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.model;
