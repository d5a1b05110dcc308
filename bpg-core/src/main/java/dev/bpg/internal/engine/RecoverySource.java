package dev.bpg.internal.engine;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.archive.WalArchive;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.plan.RecoveryTarget;
import dev.bpg.internal.plan.RecoveryTarget.AtLsn;
import dev.bpg.internal.plan.RecoveryTarget.AtRestorePoint;
import dev.bpg.internal.plan.RecoveryTarget.AtTime;
import dev.bpg.internal.platform.Alarm;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.postgres.KeptSessions;
import dev.bpg.internal.postgres.WalSwitch;
import dev.bpg.internal.wal.WalEvent;
import dev.bpg.model.Lsn;
import dev.bpg.model.RecoveryWindow;
import dev.bpg.model.WalCompression;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * What a branch can be recovered from: its snapshots, those of earlier incarnations included, and
 * the WAL archives that go on from them.
 */
final class RecoverySource {

  private static final String OPERATION = "recover branch";
  private static final Lsn END = new Lsn(Long.MAX_VALUE);

  private final Parts parts;
  private final KeptSessions sessions;
  private final BranchRecord branch;
  private final ServerState server;
  private final List<SnapshotRecord> snapshots;

  private RecoverySource(
      Parts parts,
      KeptSessions sessions,
      BranchRecord branch,
      ServerState server,
      List<SnapshotRecord> snapshots) {
    this.parts = parts;
    this.sessions = sessions;
    this.branch = branch;
    this.server = server;
    this.snapshots = snapshots;
  }

  /**
   * What a snapshot and a target come to.
   *
   * @param base the snapshot to begin with
   * @param archive the archive that goes on from it
   * @param target the point, never a restore point
   * @param end the position that the replay goes to or, for a time, stops before; empty if unknown
   */
  record Choice(
      SnapshotRecord base, WalArchive archive, RecoveryTarget target, Optional<Lsn> end) {}

  static RecoverySource of(Parts parts, KeptSessions sessions, BranchRecord branch, Path data)
      throws IOException {
    ServerState server = parts.runtime(branch).state(branch.id(), data);
    if (server.kind() == Kind.STARTING) {
      throw new BusyException(
          OPERATION,
          branch.name().toString(),
          "its server is neither running nor stopped: " + server.reason(),
          "wait until it has started, or stop it");
    }
    List<SnapshotRecord> snapshots =
        parts.snapshots().list(branch.ids()).stream()
            .filter(snapshot -> snapshot.state() == State.READY)
            .filter(snapshot -> Files.isDirectory(parts.archives().folder(snapshot.branch())))
            .sorted(Comparator.comparing(SnapshotRecord::finishedAt))
            .toList();
    return new RecoverySource(parts, sessions, branch, server, snapshots);
  }

  /**
   * Whether the last WAL that goes on from a snapshot is in the folder of a server that does not
   * run. Of an earlier incarnation, all there is has been archived: the present one's WAL has the
   * same names and is another.
   */
  boolean isStopped(SnapshotRecord base) {
    return server.endpoint().isEmpty() && base.branch().equals(branch.id());
  }

  /** From when to when it can be recovered; empty if not at all. */
  Optional<RecoveryWindow> window() {
    for (SnapshotRecord snapshot : snapshots) {
      WalArchive archive = archive(snapshot);
      Lsn start = start(snapshot);
      boolean complete = archive.info().gaps().isEmpty();
      if (complete || snapshot.equals(snapshots.get(snapshots.size() - 1))) {
        Instant latest =
            isPresent(snapshot)
                ? parts.clock().instant()
                : archive
                    .lastEvent(snapshot.timeline(), start, END)
                    .map(WalEvent::time)
                    .orElse(snapshot.finishedAt());
        return Optional.of(new RecoveryWindow(snapshot.finishedAt(), latest, start));
      }
    }
    return Optional.empty();
  }

  // Whether the archive is the one that the branch goes on writing.
  private boolean isPresent(SnapshotRecord snapshot) {
    return snapshot.branch().equals(branch.id()) && branch.policy().archive().isPresent();
  }

  /**
   * Chooses the newest snapshot from which a target can be reached. A running server has archived
   * all there is when this returns.
   *
   * @throws RefusedException if there is none, or the target is in the future
   */
  Choice choose(RecoveryTarget wanted) throws IOException, InterruptedException {
    if (snapshots.isEmpty()) {
      throw new RefusedException(
          OPERATION,
          branch.name().toString(),
          "it has no archive of its WAL with a snapshot before it",
          "turn archiving on with archive().enable() on the branch; from then on it can be recovered");
    }
    if (wanted instanceof AtTime time && time.time().isAfter(parts.clock().instant())) {
      throw outside(wanted, "is in the future");
    }
    archivePresent();
    RecoveryTarget target =
        wanted instanceof AtRestorePoint point ? new AtLsn(find(point.name())) : wanted;
    for (int i = snapshots.size() - 1; i >= 0; i--) {
      SnapshotRecord snapshot = snapshots.get(i);
      if (isBefore(snapshot, target)) {
        WalArchive archive = archive(snapshot);
        Optional<Lsn> end = requireContiguous(snapshot, archive, target, wanted);
        return new Choice(snapshot, archive, target, end);
      }
    }
    throw outside(wanted, "is before the first point that it can be recovered to");
  }

  private static boolean isBefore(SnapshotRecord snapshot, RecoveryTarget target) {
    return target instanceof AtTime time
        ? snapshot.finishedAt().isBefore(time.time())
        : snapshot
            .origin()
            .stopLsn()
            .map(Lsn::parse)
            .filter(end -> end.compareTo(((AtLsn) target).lsn()) <= 0)
            .isPresent();
  }

  // Of several of one name the last.
  private Lsn find(String restorePoint) {
    AtomicReference<Lsn> found = new AtomicReference<>();
    for (SnapshotRecord snapshot : snapshots) {
      archive(snapshot)
          .readEvents(
              snapshot.timeline(),
              start(snapshot),
              END,
              event -> {
                if (event instanceof WalEvent.RestorePoint point
                    && point.name().equals(restorePoint)) {
                  found.set(point.end());
                }
              });
    }
    if (found.get() == null) {
      throw new RefusedException(
          OPERATION,
          branch.name().toString(),
          "its archive has no restore point " + restorePoint,
          "make one with pg_create_restore_point, or recover to a time");
    }
    return found.get();
  }

  // What is in the archive has to lead to the target. A stopped server's last WAL is in its own
  // folder, so nothing is known before it is tried.
  private Optional<Lsn> requireContiguous(
      SnapshotRecord base, WalArchive archive, RecoveryTarget target, RecoveryTarget wanted) {
    Optional<Lsn> position =
        target instanceof AtLsn lsn ? Optional.of(lsn.lsn()) : Optional.empty();
    if (isStopped(base)) {
      return position;
    }
    Lsn start = start(base);
    Lsn reached = archive.contiguousEnd(base.timeline(), start);
    boolean reaches =
        position.isPresent()
            ? position.get().compareTo(reached) <= 0
            : archive
                .lastEvent(base.timeline(), start, reached)
                .filter(last -> last.time().isAfter(((AtTime) target).time()))
                .isPresent();
    if (!reaches) {
      throw new RefusedException(
          OPERATION,
          branch.name().toString(),
          "its archive ends or has a gap at " + reached + ", before " + wanted,
          "choose an earlier point, or put the missing segments back");
    }
    return Optional.of(position.orElse(reached));
  }

  private void archivePresent() throws IOException, InterruptedException {
    if (server.endpoint().isEmpty() || branch.policy().archive().isEmpty()) {
      return;
    }
    Endpoint endpoint = server.endpoint().get();
    Path folder = parts.archives().folder(branch.id());
    long deadline = System.nanoTime() + parts.timeouts().start().toNanos();
    try (Alarm never = Alarm.open();
        FolderWatch watch = FolderWatch.open(folder)) {
      String segment = WalSwitch.run(branch.name(), endpoint, sessions);
      while (!isArchived(folder, segment)) {
        if (watch.await(never, deadline) == FolderWatch.Wake.TIMED_OUT) {
          throw notArchived(endpoint, segment);
        }
      }
    }
  }

  private UnavailableException notArchived(Endpoint endpoint, String segment) {
    Optional<String> failed = WalSwitch.failure(branch.name(), endpoint, sessions);
    return new UnavailableException(
        OPERATION,
        branch.name().toString(),
        failed
            .map(name -> "its server cannot archive the WAL segment " + name)
            .orElse("its server did not archive the WAL segment " + segment + " in time"),
        "see why in its last log lines: branch.lastLogLines(20)");
  }

  private static boolean isArchived(Path folder, String segment) {
    return Stream.of(WalCompression.values())
        .anyMatch(kind -> Files.exists(folder.resolve(segment + kind.suffix())));
  }

  private WalArchive archive(SnapshotRecord snapshot) {
    return parts.archives().find(snapshot.branch()).orElseThrow();
  }

  static Lsn start(SnapshotRecord snapshot) {
    return Lsn.parse(snapshot.origin().startLsn().orElseThrow());
  }

  private RefusedException outside(RecoveryTarget wanted, String reason) {
    return new RefusedException(
        OPERATION,
        branch.name().toString(),
        wanted + " " + reason,
        window()
            .map(window -> "choose a time from " + window.earliest() + " to " + window.latest())
            .orElse("take a snapshot; from then on it can be recovered"));
  }
}
