/**
 * What is done for processes that died: their half-made branches are undone, their temporary ones
 * deleted, at the next opening of the home or, within seconds, by a watchdog. This package may
 * import {@code dev.bpg.internal.engine}, {@code .catalog}, {@code .lease} and {@code .platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.recovery;
