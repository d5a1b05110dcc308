package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.engine.ExistingBranches.Locked;
import dev.bpg.internal.engine.ResetRequest.Source;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.internal.plan.BranchPlanner;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a branch other data under the same name, port and password. The replacement is built and
 * tried first, beside a branch that goes on working; then the two are swapped, which one change of
 * the record decides; then the old one is removed. Whatever fails before, the branch stays what it
 * was; whoever is killed, the next opening completes it or undoes it.
 */
final class Reset {

  private static final Logger LOG = LoggerFactory.getLogger(Reset.class);

  private final Parts parts;
  private final ExistingBranches existing;
  private final Removal removal;
  private final StaleIncarnations stale;
  private final ResetSource sources;
  private final ReplacementServer replacement;
  private final TemporaryIds ids;
  private final Backups backups;

  Reset(Parts parts, Removal removal, Passwords passwords, TemporaryIds ids, Backups backups) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.removal = removal;
    this.stale = new StaleIncarnations(parts);
    this.sources = new ResetSource(parts);
    this.replacement = new ReplacementServer(parts, passwords);
    this.ids = ids;
    this.backups = backups;
  }

  BranchRecord reset(ResetRequest request, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    while (true) {
      BranchRecord known = existing.current(request.operation(), request.branch());
      refuseMain(request, known);
      Optional<BranchRecord> done =
          request.source() == Source.PARENT
              ? resetToParent(request, known, deleted)
              : resetToSnapshot(request, deleted);
      if (done.isPresent()) {
        return done.get();
      }
    }
  }

  // Locks are taken from a parent downwards, and whose child a branch is changes only under its
  // parent's. Nothing is returned if that changed before.
  private Optional<BranchRecord> resetToParent(
      ResetRequest request, BranchRecord known, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    BranchRecord parent = sources.parent(request, known);
    try (LockFile parentLock = parts.locks().shared(parent.name())) {
      BranchRecord present =
          sources.parent(request, existing.current(request.operation(), request.branch()));
      if (!present.name().equals(parent.name())) {
        return Optional.empty();
      }
      try (Locked own = lock(request);
          CloneSource source = CloneSource.present(parts, present, parentLock)) {
        return Optional.of(reset(request, own.record(), present, source, deleted));
      }
    }
  }

  private Optional<BranchRecord> resetToSnapshot(
      ResetRequest request, Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    try (Locked own = lock(request)) {
      BranchRecord branch = own.record();
      refuseMain(request, branch);
      SnapshotRecord snapshot = sources.snapshot(request, branch);
      BranchRecord owner = sources.owner(request, branch, snapshot);
      try (CloneSource source = CloneSource.snapshot(parts, branch, snapshot, List.of())) {
        return Optional.of(reset(request, branch, owner, source, deleted));
      }
    }
  }

  private Locked lock(ResetRequest request) throws IOException, InterruptedException {
    existing.current(request.operation(), request.branch());
    Locked locked =
        existing
            .lockAny(request.branch())
            .filter(found -> found.record().state() == State.READY)
            .orElseThrow(() -> existing.gone(request.operation(), request.branch()));
    try {
      return new Locked(stale.settle(locked.record()), locked.lock());
    } catch (Throwable first) {
      locked.close();
      throw first;
    }
  }

  private static void refuseMain(ResetRequest request, BranchRecord branch) {
    if (branch.name().isMain() && !request.isOfItsOwn()) {
      throw new RefusedException(
          request.operation(),
          branch.name().toString(),
          "it is its database's main branch",
          "roll it back to a snapshot of its own with rollbackTo(…)");
    }
  }

  private BranchRecord reset(
      ResetRequest request,
      BranchRecord current,
      BranchRecord owner,
      CloneSource source,
      Consumer<BranchRecord> deleted)
      throws IOException, InterruptedException {
    if (!request.force()) {
      removal.refuseWithDescendants(request.operation(), current);
    }
    BranchPlan plan =
        BranchPlanner.plan(
            BranchRequest.of(source.name(), request.mode(), current.temporary()),
            source.facts(nextId(current), parts.clock().instant()));
    BranchRecord preparing = current.preparing(plan.id(), replacement.isUp(current));
    try {
      parts.catalog().replace(preparing);
      BranchRecord next = replacement.build(preparing, plan, source, request.mode(), backups);
      // From here on the source may be changed in any way.
      source.close();
      // A mark was the branch itself. Should its server not start, the present one is started
      // again; and if this process is killed, a temporary branch goes as a whole.
      boolean untried = request.source() == Source.MARK && current.temporary();
      if (!untried) {
        replacement.tryOut(next, scriptsOf(owner, current));
      }
      removal.deleteDescendants(preparing, deleted);
      // What it was is removed off the caller's path: see settleSoon.
      BranchRecord swapped =
          untried ? replacement.swapUntried(preparing, next) : replacement.swap(preparing, next);
      return untried ? swapped : settled(swapped);
    } catch (Throwable first) {
      undoAfter(first, preparing);
      throw first;
    }
  }

  private BranchId nextId(BranchRecord branch) throws IOException {
    return branch.temporary() ? ids.next() : BranchId.random();
  }

  /** Removes in the background what a reset left to remove, once the branch's lock is free. */
  void settleSoon(BranchRecord branch, Background background) {
    if (!branch.incarnations().stale().isEmpty()) {
      background.delete(branch.name(), () -> stale.settleIfAbandoned(branch));
    }
  }

  // Whose data it is decides. A branch that goes back to what it was itself has been through them.
  private static NewBranch.Finisher scriptsOf(BranchRecord owner, BranchRecord branch) {
    return owner.isOrWas(branch.id())
        ? endpoint -> {}
        : endpoint -> AfterClone.run(owner, endpoint);
  }

  // It has happened by now. What cannot be removed is in the record, for the next opening.
  private BranchRecord settled(BranchRecord swapped) {
    try {
      return Uninterruptibly.call(() -> stale.settle(swapped));
    } catch (IOException | InterruptedException | BpgException e) {
      LOG.warn("could not remove what {} was; the next start of bpg tries", swapped.name(), e);
      return swapped;
    }
  }

  private void undoAfter(Throwable first, BranchRecord preparing) {
    try {
      Uninterruptibly.call(
          () -> {
            stale.stopAll(preparing);
            parts.catalog().replace(preparing);
            return stale.settle(preparing);
          });
    } catch (IOException | InterruptedException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }
}
