/**
 * Where everything is put together: the only package that knows the storages and runtimes by their
 * classes. Nothing below {@code dev.bpg.internal} is API.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal;
