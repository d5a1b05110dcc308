package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Catalog;
import dev.bpg.internal.catalog.ScheduleCatalog;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.catalog.SnapshotCatalog;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.catalog.TemplateUses;
import dev.bpg.internal.tls.Certificates;
import dev.bpg.secret.PasswordProvider;
import dev.bpg.server.ServerRuntime;
import dev.bpg.storage.Storage;
import java.time.Clock;
import java.util.Optional;

/** What every operation works with. */
public record Parts(
    Catalog catalog,
    SnapshotCatalog snapshots,
    ScheduleCatalog schedules,
    Archives archives,
    BranchLocks locks,
    Secrets secrets,
    Optional<PasswordProvider> passwordProvider,
    Certificates certificates,
    Storages storages,
    Runtimes runtimes,
    Timeouts timeouts,
    Clock clock,
    TemplateUses templateUses,
    TemplateBounds templateBounds) {

  Storage storage(BranchRecord record) {
    return storages.named(record.storage());
  }

  Storage storage(SnapshotRecord record) {
    return storages.named(record.storage());
  }

  ServerRuntime runtime(BranchRecord record) {
    return runtimes.named(record.runtime());
  }
}
