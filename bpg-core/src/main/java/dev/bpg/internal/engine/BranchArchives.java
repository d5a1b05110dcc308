package dev.bpg.internal.engine;

import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.internal.archive.ArchiveFinding;
import dev.bpg.internal.archive.ArchiveInfo;
import dev.bpg.internal.archive.Cleanup;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchName;
import dev.bpg.model.RecoveryWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The WAL archives of branches. Thread-safe. */
public final class BranchArchives {

  private final Parts parts;
  private final Archiving archiving;
  private final Changes changes;

  BranchArchives(Parts parts, Archiving archiving, Changes changes) {
    this.parts = parts;
    this.archiving = archiving;
    this.changes = changes;
  }

  /** Has a branch's WAL archived from now on. */
  public BranchRecord enable(BranchRecord branch, ArchivePolicy policy) {
    return changes.branch(
        Kind.ARCHIVE_ENABLED,
        "archive the WAL of",
        branch.name(),
        () -> archiving.enable(branch, policy));
  }

  /** How a branch's WAL is archived unless it is said. */
  public ArchivePolicy policy(BranchName branch) {
    return parts.archives().policy(branch.database());
  }

  /** Archives a branch's WAL no more. */
  public BranchRecord disable(BranchRecord branch) {
    return changes.branch(
        Kind.ARCHIVE_DISABLED,
        "stop archiving the WAL of",
        branch.name(),
        () -> archiving.disable(branch));
  }

  /** What a branch's archive holds. */
  public ArchiveInfo info(BranchRecord branch) {
    return Attempt.to("read the archive of", branch.name(), () -> archiving.info(branch));
  }

  /** What is wrong with a branch's archive. */
  public List<ArchiveFinding> verify(BranchRecord branch) {
    return Attempt.to("verify the archive of", branch.name(), () -> archiving.verify(branch));
  }

  /** Deletes what no snapshot needs of a branch's archive, or says what that is. */
  public Cleanup clean(BranchRecord branch, Optional<Duration> olderThan, boolean dryRun) {
    return Attempt.to(
        "clean up the archive of", branch.name(), () -> archiving.clean(branch, olderThan, dryRun));
  }

  /** From when to when a branch can be recovered. */
  public Optional<RecoveryWindow> window(BranchRecord branch) {
    return Attempt.to("recover branch", branch.name(), () -> archiving.window(branch));
  }

  /** Goes on with the archive of a branch that has other data now. */
  void goOn(BranchRecord branch) {
    archiving.goOn(branch);
  }
}
