package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.plan.BranchFacts;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.internal.plan.BranchPlanner;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.server.ServerState;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a branch from another one: request, facts, plan, steps. */
final class BranchCreation {

  private static final Logger LOG = LoggerFactory.getLogger(BranchCreation.class);

  private final Parts parts;
  private final NewBranch newBranch;
  private final Supplier<String> owner;
  private final ExecutorService background;

  /**
   * Creation over these parts.
   *
   * @param owner gives this process's lease, taking it out at the first call
   */
  BranchCreation(
      Parts parts, NewBranch newBranch, Supplier<String> owner, ExecutorService background) {
    this.parts = parts;
    this.newBranch = newBranch;
    this.owner = owner;
    this.background = background;
  }

  BranchRecord create(BranchRequest request) throws IOException, InterruptedException {
    // Looked for before the lock too: a lock taken for nothing would leave its file behind.
    parent(request);
    try (LockFile parentLock = parts.locks().shared(request.parent())) {
      BranchRecord parent = parent(request);
      Storage storage = parts.storage(parent);
      Path data = parentData(parent, storage);
      ServerState state = parts.runtime(parent).state(parent.id(), data);
      BranchPlan plan = BranchPlanner.plan(request, facts(parent, storage, data, state));
      LOG.debug("branching {} as {} by {}", parent.name(), plan.name(), plan.method());
      ParentData source = new ParentData(parent.name(), parent.id(), storage, data);
      try (DataTransfer transfer = DataTransfer.begin(plan, source, state, background)) {
        return newBranch.create(
            record(request, plan, parent),
            record -> {
              BranchRecord made = take(record, transfer, storage);
              // From here on the parent may be stopped, changed or branched in any way.
              parentLock.close();
              return made;
            },
            endpoint -> {});
      }
    }
  }

  private static BranchRecord take(BranchRecord record, DataTransfer transfer, Storage storage)
      throws IOException, InterruptedException {
    BranchRecord made = record.withOrigin(transfer.run(record));
    transfer.close();
    Path clone = storage.dataFolder(record.id()).orElseThrow();
    DataFolder.forgetParentsServer(clone);
    // Recovery makes the files durable before it begins, and an atomic clone is durable by itself.
    // The copy of a cleanly stopped cluster starts without recovery, so nothing else would.
    if (made.origin().method() == CloneMethod.STOPPED
        && !made.temporary()
        && !(storage instanceof AtomicStorage)) {
      FileSystemSync.sync(clone);
    }
    return made;
  }

  private BranchRecord parent(BranchRequest request) throws IOException {
    return parts
        .catalog()
        .find(request.parent())
        .filter(record -> record.state() == State.READY)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "branch",
                    request.parent().toString(),
                    "it does not exist",
                    request.parent().isMain()
                        ? "create it with Databases.create(\"" + request.parent().database() + "\")"
                        : "list what exists with Branches.list()"));
  }

  private static Path parentData(BranchRecord parent, Storage storage) {
    return storage
        .dataFolder(parent.id())
        .orElseThrow(
            () ->
                new UnavailableException(
                    "branch",
                    parent.name().toString(),
                    "its volume " + parent.id() + " is missing on the storage " + storage.name(),
                    "check storage.path in the configuration, or delete the branch"));
  }

  private BranchFacts facts(BranchRecord parent, Storage storage, Path data, ServerState state)
      throws IOException {
    return new BranchFacts(
        state,
        parent.settings(),
        parent.temporary(),
        storage instanceof AtomicStorage,
        DataFolder.outsideLinks(data),
        BranchId.random(),
        parts.clock().instant());
  }

  private BranchRecord record(BranchRequest request, BranchPlan plan, BranchRecord parent) {
    return new BranchRecord(
        plan.name(),
        plan.id(),
        Optional.of(new Parent(parent.name(), parent.id())),
        State.CREATING,
        NewBranch.UNDO,
        parent.storage(),
        parent.runtime(),
        parent.build(),
        plan.settings(),
        new BranchOrigin(
            request.mode(),
            plan.method(),
            Optional.empty(),
            Optional.empty(),
            parts.clock().instant()),
        parts.clock().instant(),
        plan.expiresAt(),
        request.temporary() ? Optional.of(owner.get()) : Optional.empty(),
        OptionalInt.empty());
  }
}
