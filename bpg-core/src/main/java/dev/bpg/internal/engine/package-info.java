/**
 * What bpg does: databases and branches are made, deleted, started and stopped here, over the two
 * SPIs and the catalog. Every act that leaves something behind is recorded with its undo before it
 * begins. This package knows no storage, no runtime and no library behind them.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.engine;
