package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.internal.archive.ArchiveFinding;
import dev.bpg.internal.archive.ArchiveInfo;
import dev.bpg.internal.archive.Cleanup;
import dev.bpg.internal.archive.WalArchive;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.postgres.KeptSessions;
import dev.bpg.model.BranchMode;
import dev.bpg.model.Lsn;
import dev.bpg.model.RecoveryWindow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with the WAL archives of branches. */
final class Archiving {

  private static final Logger LOG = LoggerFactory.getLogger(Archiving.class);

  private static final String ENABLE = "archive the WAL of";
  private static final String BASE = "archive";

  private final Parts parts;
  private final ExistingBranches existing;
  private final ServerLifecycle servers;
  private final SnapshotCreation snapshots;
  private final KeptSessions sessions;

  Archiving(
      Parts parts, ServerLifecycle servers, SnapshotCreation snapshots, KeptSessions sessions) {
    this.parts = parts;
    this.existing = new ExistingBranches(parts);
    this.servers = servers;
    this.snapshots = snapshots;
    this.sessions = sessions;
  }

  /** Has a branch archived from now on, and takes the snapshot that its archive goes on from. */
  BranchRecord enable(BranchRecord wanted, ArchivePolicy policy)
      throws IOException, InterruptedException {
    refuse(wanted);
    boolean already = existing.current(ENABLE, wanted).policy().archive().isPresent();
    BranchRecord archived =
        servers.change(
            ENABLE,
            wanted,
            current -> current.withPolicy(current.policy().withArchive(Optional.of(policy))));
    snapshots.create(
        new SnapshotRequest(archived, Optional.of(BASE), Optional.empty(), BranchMode.CONSISTENT));
    return archived;
  }

  /**
   * Takes the snapshot that the archive of a new incarnation goes on from. That it could not be
   * taken does not undo what made the incarnation: it is logged, and any other snapshot will do.
   */
  void goOn(BranchRecord branch) {
    if (branch.policy().archive().isEmpty()) {
      return;
    }
    try {
      Attempt.to(
          "take a snapshot of",
          branch.name(),
          () ->
              snapshots.create(
                  new SnapshotRequest(
                      branch, Optional.of(BASE), Optional.empty(), BranchMode.CONSISTENT)));
    } catch (BpgException e) {
      LOG.warn(
          "{} cannot be recovered before it has a snapshot: {}", branch.name(), e.getMessage());
    }
  }

  private static void refuse(BranchRecord branch) {
    String name = branch.name().toString();
    if (branch.temporary()) {
      throw new RefusedException(
          ENABLE,
          name,
          "it is temporary: nothing of it outlives this process",
          "make it permanent with keep() first");
    }
    if ("minimal".equalsIgnoreCase(branch.settings().values().get("wal_level"))) {
      throw new RefusedException(
          ENABLE,
          name,
          "its setting wal_level=minimal leaves out what a recovery needs",
          "make it without that setting");
    }
  }

  /** Archives no more; what was archived stays. */
  BranchRecord disable(BranchRecord wanted) throws IOException, InterruptedException {
    return servers.change(
        "stop archiving the WAL of",
        wanted,
        current -> current.withPolicy(current.policy().withArchive(Optional.empty())));
  }

  ArchiveInfo info(BranchRecord wanted) throws IOException {
    return archive(wanted).info();
  }

  List<ArchiveFinding> verify(BranchRecord wanted) throws IOException {
    List<ArchiveFinding> findings = new ArrayList<>();
    archive(wanted).verify(OptionalLong.empty(), findings::add);
    return findings;
  }

  /** Deletes what no snapshot needs any more, or the part of it that was archived long ago. */
  Cleanup clean(BranchRecord wanted, Optional<Duration> olderThan, boolean dryRun)
      throws IOException, InterruptedException {
    // A snapshot that is being taken is in nobody's way, but one that begins later needs more.
    try (LockFile lock = existing.lock("clean up the archive of", wanted)) {
      BranchRecord current = existing.current("clean up the archive of", wanted);
      Optional<Lsn> oldest =
          parts.snapshots().list(List.of(current.id())).stream()
              .filter(snapshot -> snapshot.state() == State.READY)
              .map(RecoverySource::start)
              .min(Comparator.naturalOrder());
      archive(current);
      Optional<Instant> before = olderThan.map(age -> parts.clock().instant().minus(age));
      return parts.archives().clean(current.id(), oldest, before, dryRun);
    }
  }

  Optional<RecoveryWindow> window(BranchRecord wanted) throws IOException {
    BranchRecord current = existing.current("recover branch", wanted);
    return RecoverySource.of(parts, sessions, current, existing.data("recover branch", current))
        .window();
  }

  private WalArchive archive(BranchRecord wanted) throws IOException {
    BranchRecord current = existing.current("read the archive of", wanted);
    return parts
        .archives()
        .find(current.id())
        .orElseThrow(
            () ->
                new NotFoundException(
                    "read the archive of",
                    current.name().toString(),
                    "its WAL was never archived",
                    "turn archiving on with archive().enable() on the branch"));
  }
}
