/**
 * The operating system through JNA, in two layers: classes named {@code …Calls} declare C functions
 * as their manual pages do and are package-private; the public classes convert, call, translate the
 * error and return. JNA types appear in no signature that another package can see. This package may
 * import {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.platform;
