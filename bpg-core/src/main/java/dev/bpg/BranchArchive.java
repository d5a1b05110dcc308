package dev.bpg;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.archive.ArchiveInfo;
import dev.bpg.internal.archive.ArchivedFile;
import dev.bpg.internal.archive.Cleanup;
import dev.bpg.internal.archive.WalGap;
import dev.bpg.internal.catalog.ArchivePolicy;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.model.RecoveryWindow;
import dev.bpg.model.WalArchiveCleanup;
import dev.bpg.model.WalArchiveInfo;
import dev.bpg.model.WalArchiveProblem;
import dev.bpg.model.WalCompression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The archive of a branch's WAL, from which it can be recovered to any point in time since
 * archiving was turned on. It is the branch's own: branches of it do not write into it, and a
 * branch that is reset begins another one. It goes with its branch.
 *
 * <p>Postgres itself writes it, by a shell script, and keeps what it could not archive. So it goes
 * on when this process has ended. Thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/continuous-archiving.html">Continuous
 *     Archiving and Point-in-Time Recovery</a>
 */
public final class BranchArchive {

  private final Engine engine;
  private final BranchRecord branch;

  BranchArchive(Engine engine, BranchRecord branch) {
    this.engine = engine;
    this.branch = branch;
  }

  /**
   * Archives from now on, as the configuration says of the branch's database; if it says nothing,
   * compressed by {@code gzip}, and at least every 60 s.
   *
   * @see #enable(WalCompression, Duration)
   */
  public void enable() {
    engine.archives().enable(branch, engine.archives().policy(branch.name()));
  }

  /**
   * Archives from now on. A server that runs is restarted, for Postgres takes up the setting at its
   * start only; then a consistent snapshot labelled {@code archive} is taken, which recoveries
   * begin with.
   *
   * @param compression how files are compressed; the program has to be where the server runs
   * @param timeout after how long a segment that is not full is archived: what may be lost with the
   *     machine; in whole seconds, and zero for never
   * @throws dev.bpg.error.RefusedException if the branch is temporary, or has the setting {@code
   *     wal_level=minimal}
   */
  public void enable(WalCompression compression, Duration timeout) {
    engine.archives().enable(branch, new ArchivePolicy(compression, timeout));
  }

  /** Archives no more. A server that runs is restarted. What was archived stays. */
  public void disable() {
    engine.archives().disable(branch);
  }

  /**
   * What is in it.
   *
   * @throws dev.bpg.error.NotFoundException if archiving was never turned on
   */
  public WalArchiveInfo info() {
    ArchiveInfo info = engine.archives().info(branch);
    return new WalArchiveInfo(
        info.segments(),
        info.bytes(),
        info.oldest(),
        info.newest(),
        info.gaps().stream().map(WalGap::toString).toList());
  }

  /**
   * Reads all of it and tells what is wrong: segments that are missing, damaged by the checksum of
   * each record, or of another server. Takes as long as reading all of it.
   *
   * @return nothing if it is whole
   * @throws dev.bpg.error.NotFoundException if archiving was never turned on
   */
  public List<WalArchiveProblem> verify() {
    return engine.archives().verify(branch).stream()
        .map(found -> new WalArchiveProblem(found.file(), found.reason()))
        .toList();
  }

  /**
   * What {@link #cleanUp()} would delete. Changes nothing.
   *
   * @throws dev.bpg.error.NotFoundException if archiving was never turned on
   */
  public WalArchiveCleanup dryRun() {
    return cleanup(engine.archives().clean(branch, Optional.empty(), true));
  }

  /** What {@link #cleanUp(Duration)} would delete. Changes nothing. */
  public WalArchiveCleanup dryRun(Duration olderThan) {
    return cleanup(engine.archives().clean(branch, Optional.of(checked(olderThan)), true));
  }

  /**
   * Deletes the segments that no snapshot of the branch needs any more: those before its oldest
   * snapshot. To let go of more, delete old snapshots first.
   *
   * @throws dev.bpg.error.NotFoundException if archiving was never turned on
   */
  public WalArchiveCleanup cleanUp() {
    return cleanup(engine.archives().clean(branch, Optional.empty(), false));
  }

  /**
   * Deletes the same, but only what was archived longer ago than this, for whoever else reads the
   * archive. What a snapshot needs stays, whatever its age.
   *
   * @throws RefusedException if the time is negative
   * @throws dev.bpg.error.NotFoundException if archiving was never turned on
   */
  public WalArchiveCleanup cleanUp(Duration olderThan) {
    return cleanup(engine.archives().clean(branch, Optional.of(checked(olderThan)), false));
  }

  private static Duration checked(Duration age) {
    if (age.isNegative()) {
      throw new RefusedException(
          "delete WAL older than", age.toString(), "it is negative", "give a longer time");
    }
    return age;
  }

  private static WalArchiveCleanup cleanup(Cleanup cleanup) {
    return new WalArchiveCleanup(
        cleanup.files().stream().map(ArchivedFile::name).toList(), cleanup.bytes());
  }

  /** From when to when the branch can be recovered; empty if not at all. */
  public Optional<RecoveryWindow> recoveryWindow() {
    return engine.archives().window(branch);
  }
}
