/**
 * Servers as plain processes of this machine: finds Postgres binaries, makes data folders, starts,
 * watches and stops {@code postgres}. Nothing is kept in memory that another process could not find
 * in the data folder, in {@code /proc} or below the home folder. This package may import {@code
 * dev.bpg.server}, {@code dev.bpg.model}, {@code dev.bpg.error} and {@code
 * dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.server.process;
