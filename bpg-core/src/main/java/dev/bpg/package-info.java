/**
 * Branches of a Postgres database: the public API. Begin with {@link dev.bpg.Databases} and {@link
 * dev.bpg.Branches}, or with {@link dev.bpg.Bpg} for a configuration of your own.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg;
