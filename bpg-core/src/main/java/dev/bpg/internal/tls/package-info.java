/**
 * Certificates of servers: made with Bouncy Castle, taken from files, checked, kept. This package
 * may import {@code dev.bpg.model}, {@code dev.bpg.error} and {@code dev.bpg.internal.platform} and
 * nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.tls;
