/**
 * Who temporary branches belong to. A lease is a file that its process keeps locked for as long as
 * it lives; when the lock can be had by somebody else, the process is gone. This package may import
 * {@code dev.bpg.error} and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.lease;
