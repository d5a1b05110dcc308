package dev.bpg.internal.diff;

/**
 * The same thing of both sides.
 *
 * @param before of the side that the difference is seen from
 * @param after of the side that is looked at
 */
record Both<T>(T before, T after) {}
