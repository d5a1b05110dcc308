/**
 * Where passwords come from, for those who keep them elsewhere than bpg does. This package may
 * import {@code dev.bpg.model} and {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.secret;
