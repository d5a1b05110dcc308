package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.time.Clock;

/** What every operation works with. */
public record Parts(
    Catalog catalog,
    BranchLocks locks,
    Secrets secrets,
    Storages storages,
    Runtimes runtimes,
    Timeouts timeouts,
    Clock clock) {

  Storage storage(BranchRecord record) {
    return storages.named(record.storage());
  }

  ServerRuntime runtime(BranchRecord record) {
    return runtimes.named(record.runtime());
  }
}
