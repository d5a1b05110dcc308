package dev.bpg.internal.engine;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchPolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.Parent;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.Incarnations;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.internal.plan.BranchPlanner;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.plan.RecoveryRequest;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.DataFolder;
import dev.bpg.internal.postgres.ReadySession;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.PostgresBuild;
import dev.bpg.storage.AtomicStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a branch from another one: request, facts, plan, steps. */
final class BranchCreation {

  private static final Logger LOG = LoggerFactory.getLogger(BranchCreation.class);

  private final Parts parts;
  private final NewBranch newBranch;
  private final Supplier<String> owner;
  private final TemporaryIds ids;
  private final Backups backups;

  /**
   * Creation over these parts.
   *
   * @param owner gives this process's lease, taking it out at the first call
   * @param ids the ids that are this lease's
   */
  BranchCreation(
      Parts parts, NewBranch newBranch, Supplier<String> owner, TemporaryIds ids, Backups backups) {
    this.parts = parts;
    this.newBranch = newBranch;
    this.owner = owner;
    this.ids = ids;
    this.backups = backups;
  }

  /**
   * Makes one.
   *
   * @param session gets a session that is open on it, where one is opened anyway
   */
  BranchRecord create(BranchRequest request, Optional<Consumer<ReadySession>> session)
      throws IOException, InterruptedException {
    // Looked for before the lock too: a lock taken for nothing would leave its file behind.
    parent(request);
    if (request.recovery().isPresent()) {
      return recover(request, request.recovery().get());
    }
    try (LockFile parentLock = parts.locks().shared(request.parent());
        CloneSource source = source(request, parentLock)) {
      VolumeTuning.check(source.storage(), request.limits(), "a branch of " + source.name());
      BranchPlan plan =
          BranchPlanner.plan(request, source.facts(id(request), parts.clock().instant()));
      LOG.debug("branching {} as {} by {}", source.name(), plan.name(), plan.method());
      try (DataTransfer transfer =
          DataTransfer.begin(plan, source.parentData(), source.server(), backups)) {
        BranchRecord claimed = record(request, plan, source);
        return newBranch.create(
            claimed,
            record -> take(request, record, transfer, source),
            finisher(source.parent(), claimed, session));
      }
    }
  }

  // What a script sets holds for sessions that begin after it. And whoever provides passwords is
  // asked for those of new branches only.
  private NewBranch.Finisher finisher(
      BranchRecord parent, BranchRecord branch, Optional<Consumer<ReadySession>> session) {
    return session.isPresent()
            && parent.policy().afterClone().isEmpty()
            && parts.passwordProvider().isEmpty()
        ? new FirstSession(parts, parent, branch, session.get())
        : endpoint -> AfterClone.run(parent, endpoint);
  }

  /**
   * Makes the data of a branch whose server somebody else starts in a container.
   *
   * @param image the container's image; empty for the parent's, or the one that new databases get
   */
  PreparedServer prepare(BranchRequest request, Optional<String> image)
      throws IOException, InterruptedException {
    parent(request);
    if (request.recovery().isPresent()) {
      throw new RefusedException(
          "branch",
          request.parent().toString(),
          "a recovery to a point in time runs in servers of bpg's own",
          "create a branch of that time, and prepare one of that");
    }
    try (LockFile parentLock = parts.locks().shared(request.parent());
        CloneSource source = source(request, parentLock)) {
      VolumeTuning.check(source.storage(), request.limits(), "a branch of " + source.name());
      ContainerBuild build = ContainerBuild.of(parts, source, image);
      BranchPlan plan =
          BranchPlanner.plan(request, source.facts(id(request), parts.clock().instant()));
      try (DataTransfer transfer =
          DataTransfer.begin(plan, source.parentData(), source.server(), backups)) {
        return PreparedServer.of(
            parts,
            source.parent(),
            build,
            newBranch.begin(
                record(request, plan, source, ContainerBuild.RUNTIME, build.chosen()),
                record -> take(request, record, transfer, source)));
      }
    }
  }

  private BranchRecord take(
      BranchRequest request, BranchRecord record, DataTransfer transfer, CloneSource source)
      throws IOException, InterruptedException {
    BranchRecord made = take(record, transfer, source.storage());
    VolumeTuning.limit(source.storage(), record.id(), request.limits());
    // From here on the parent may be stopped, changed or branched in any way.
    source.close();
    return made;
  }

  private BranchRecord recover(BranchRequest request, RecoveryRequest wanted)
      throws IOException, InterruptedException {
    try (LockFile parentLock = parts.locks().shared(request.parent())) {
      BranchRecord parent = parent(request);
      Path data = new ExistingBranches(parts).data("recover branch", parent);
      RecoverySource source = RecoverySource.of(parts, backups.sessions(), parent, data);
      RecoverySource.Choice choice = source.choose(wanted.target());
      LOG.info("recovering {} to {} from {}", parent.name(), wanted.target(), choice.base().id());
      RecoveredBranch recovered =
          new RecoveredBranch(
              parts,
              wanted,
              choice,
              source.isStopped(choice.base()) ? Optional.of(data) : Optional.empty());
      try (CloneSource base =
          CloneSource.snapshot(parts, parent, choice.base(), List.of(parentLock))) {
        VolumeTuning.check(base.storage(), request.limits(), "a branch of " + parent.name());
        BranchPlan plan =
            BranchPlanner.plan(request, base.facts(id(request), parts.clock().instant()));
        return newBranch.create(
            record(request, plan.recovered(), base),
            record -> {
              BranchRecord made = record.withOrigin(recovered.clone(record));
              VolumeTuning.limit(base.storage(), record.id(), request.limits());
              base.close();
              return made;
            },
            recovered::start,
            endpoint -> AfterClone.run(parent, endpoint));
      }
    }
  }

  private BranchId id(BranchRequest request) throws IOException {
    return request.temporary() ? ids.next() : BranchId.random();
  }

  private CloneSource source(BranchRequest request, LockFile parentLock)
      throws IOException, InterruptedException {
    BranchRecord parent = parent(request);
    return request.snapshot().isPresent()
        ? CloneSource.snapshot(parts, parent, request.snapshot().get(), parentLock)
        : CloneSource.present(parts, parent, parentLock);
  }

  /** Makes the data of a record, ready for a server of its own. */
  static BranchRecord take(BranchRecord record, DataTransfer transfer, Storage storage)
      throws IOException, InterruptedException {
    BranchRecord made = record.withOrigin(transfer.run(record.id(), record.origin()));
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

  /** The branch that a request is for a branch of. */
  BranchRecord parent(BranchRequest request) throws IOException {
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

  private BranchRecord record(BranchRequest request, BranchPlan plan, CloneSource source) {
    return record(request, plan, source, source.runtime(), source.build());
  }

  private BranchRecord record(
      BranchRequest request,
      BranchPlan plan,
      CloneSource source,
      String runtime,
      PostgresBuild build) {
    Instant now = parts.clock().instant();
    BranchOrigin origin = new BranchOrigin(request.mode(), plan.method(), now);
    return new BranchRecord(
        plan.name(),
        plan.id(),
        Optional.of(new Parent(source.name(), source.parent().id())),
        State.CREATING,
        NewBranch.UNDO,
        source.storage().name(),
        runtime,
        build,
        plan.settings(),
        source.snapshot().map(from -> origin.ofSnapshot(from.id().value())).orElse(origin),
        now,
        BranchPolicy.none()
            .withExpiresAt(plan.expiresAt())
            .withProtection(request.isProtected())
            .withIdleStop(request.idleStop())
            .withAfterClone(source.parent().policy().afterClone()),
        Incarnations.none(),
        request.temporary() ? Optional.of(owner.get()) : Optional.empty(),
        OptionalInt.empty());
  }
}
