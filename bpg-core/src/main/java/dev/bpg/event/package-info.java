/**
 * What happens to databases, branches and snapshots, told to whoever listens. This package may
 * import {@code dev.bpg.model} and {@code dev.bpg.error}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.event;
