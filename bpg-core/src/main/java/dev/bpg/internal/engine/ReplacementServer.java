package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.BranchPlan;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchOrigin;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.storage.LimitingStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What takes a branch's place: its data, its password, its server. */
final class ReplacementServer {

  private final Parts parts;
  private final ExistingBranches existing;
  private final ServerStart starts;
  private final Passwords passwords;

  ReplacementServer(Parts parts, Passwords passwords) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.starts = new ServerStart(parts);
    this.passwords = passwords;
  }

  /** Whether a branch's server is up, or coming up. */
  boolean isUp(BranchRecord record) {
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isEmpty()) {
      return false;
    }
    Kind kind = parts.runtime(record).state(record.id(), data.get()).kind();
    return kind == Kind.RUNNING || kind == Kind.STARTING;
  }

  /**
   * Makes the data, with the password and the limits of space that the branch has.
   *
   * @return the record to be, with the branch's port
   */
  BranchRecord build(
      BranchRecord branch, BranchPlan plan, CloneSource source, BranchMode mode, Backups backups)
      throws IOException, InterruptedException {
    passwords.copy(branch, plan.id());
    BranchRecord next = branch.replacedBy(plan.id(), origin(plan, source, mode));
    try (DataTransfer transfer =
        DataTransfer.begin(plan, source.parentData(), source.server(), backups)) {
      BranchRecord made = BranchCreation.take(next, transfer, source.storage());
      limit(source.storage(), branch, next);
      return made;
    }
  }

  // Back at a mark, it comes from where it came from then.
  private BranchOrigin origin(BranchPlan plan, CloneSource source, BranchMode mode) {
    Optional<BranchOrigin> marked =
        source.snapshot().flatMap(SnapshotRecord::mark).map(SnapshotRecord.Mark::origin);
    BranchOrigin taken = new BranchOrigin(mode, plan.method(), parts.clock().instant());
    return marked.orElse(
        source.snapshot().map(from -> taken.ofSnapshot(from.id().value())).orElse(taken));
  }

  private static void limit(Storage storage, BranchRecord branch, BranchRecord next) {
    if (storage instanceof LimitingStorage limiting
        && storage.dataFolder(branch.id()).isPresent()) {
      VolumeTuning.limit(storage, next.id(), limiting.limits(branch.id()));
    }
  }

  /**
   * Starts it on a port of its own, gives it the password, which is a write, and stops it.
   *
   * @param finisher does what has to be done before anybody may see it
   */
  void tryOut(BranchRecord next, NewBranch.Finisher finisher)
      throws IOException, InterruptedException {
    Endpoint endpoint = starts.of(next.withoutPort(), existing.data("start branch", next));
    passwords.restore(next, endpoint);
    finisher.finish(endpoint);
    stop(next, Shutdown.FAST);
  }

  /**
   * Puts it in the branch's place, and has it run if the branch did.
   *
   * @return its record, with the port that it has now
   */
  BranchRecord swap(BranchRecord branch, BranchRecord next)
      throws IOException, InterruptedException {
    stop(branch, Shutdown.FAST);
    parts.catalog().replace(next);
    if (!next.incarnations().resume()) {
      return next;
    }
    Endpoint endpoint = starts.of(next, existing.data("start branch", next));
    return next.withPort(endpoint.port());
  }

  /**
   * The same for one that has not been tried: it gets its password when it has started. What it
   * replaces is not shut down in order, because nobody wants it any more.
   */
  BranchRecord swapUntried(BranchRecord branch, BranchRecord next)
      throws IOException, InterruptedException {
    stop(branch, Shutdown.IMMEDIATE);
    parts.catalog().replace(next);
    if (!next.incarnations().resume()) {
      return next;
    }
    Endpoint endpoint = starts.of(next, existing.data("start branch", next));
    passwords.restore(next, endpoint);
    return next.withPort(endpoint.port());
  }

  private void stop(BranchRecord record, Shutdown how) throws InterruptedException {
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isPresent()) {
      parts.runtime(record).stop(record.id(), data.get(), how, parts.timeouts().stop());
    }
  }
}
