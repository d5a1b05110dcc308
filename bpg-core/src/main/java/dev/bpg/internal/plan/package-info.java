/**
 * What is to be done, decided without doing it: a request and facts go in, a plan comes out. Pure
 * functions over values. This package may import {@code dev.bpg.model} and {@code dev.bpg.error}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.plan;
