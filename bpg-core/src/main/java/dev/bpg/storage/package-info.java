/**
 * What a storage must offer: a place that keeps volumes and clones them. A volume is one branch's
 * data, named by the branch's id. Storages know nothing of Postgres servers, names or the catalog.
 * This package may import {@code dev.bpg.model} and {@code dev.bpg.error} and nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.storage;
