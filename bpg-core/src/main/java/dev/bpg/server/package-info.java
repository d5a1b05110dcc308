/**
 * What a server runtime must offer: a way to run Postgres on a data folder. Runtimes know nothing
 * of names, parents, storages or the catalog. This package may import {@code dev.bpg.model} and
 * {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.server;
