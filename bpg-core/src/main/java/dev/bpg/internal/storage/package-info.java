/**
 * What the storages that keep volumes in a folder have in common: the layout of that folder, how a
 * volume comes into being and goes, and the clone file by file. The storages themselves are in the
 * packages below. May import {@code dev.bpg.storage}, {@code dev.bpg.model}, {@code dev.bpg.error}
 * and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.storage;
