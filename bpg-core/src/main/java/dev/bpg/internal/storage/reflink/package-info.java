/**
 * The storage that lets each file of a clone share its data with the source, by {@code FICLONE}.
 * May import {@code dev.bpg.internal.storage}, {@code dev.bpg.storage}, {@code dev.bpg.model},
 * {@code dev.bpg.error} and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.storage.reflink;
