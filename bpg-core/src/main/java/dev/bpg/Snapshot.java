package dev.bpg;

import dev.bpg.internal.catalog.SnapshotRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.model.BranchOrigin;
import dev.bpg.model.PostgresBuild;
import java.time.Instant;
import java.util.Optional;

/**
 * A branch's data as of one moment, kept without a server. On storages that share data it takes
 * space only for what the branch changes afterwards. It goes with its branch.
 *
 * <p>A handle on one snapshot, as it was when it was obtained. Thread-safe.
 */
public final class Snapshot {

  private final Engine engine;
  private final SnapshotListing.Entry entry;

  Snapshot(Engine engine, SnapshotListing.Entry entry) {
    this.engine = engine;
    this.entry = entry;
  }

  /** Its id, which no other snapshot has or ever had. */
  public String id() {
    return record().id().value();
  }

  /** What it was called; several may be called the same. */
  public Optional<String> label() {
    return record().label();
  }

  /** The name of the schedule that took it; empty if none did. */
  public Optional<String> schedule() {
    return record().schedule();
  }

  /** The name of the branch that it was taken of, such as {@code api/main}. */
  public String branch() {
    return entry.branch().name().toString();
  }

  /**
   * How it was taken, when that began, and from where in the WAL: its start is the first WAL that
   * the data needs; its stop, where it is known, a position that the data does not go beyond.
   */
  public BranchOrigin origin() {
    return record().origin();
  }

  /**
   * When it had been taken: all that it contains was committed before. By the server's clock if it
   * ran, else by this machine's.
   */
  public Instant finishedAt() {
    return record().finishedAt();
  }

  /** The timeline of the WAL that it belongs to. */
  public int timeline() {
    return record().timeline();
  }

  /** The bytes of all its data, shared or not. */
  public long size() {
    return record().size();
  }

  /** The name of the storage that it lies on, such as {@code btrfs}. */
  public String storage() {
    return record().storage();
  }

  /** The build of Postgres that its data belongs to. */
  public PostgresBuild build() {
    return record().build();
  }

  /** When its creation began, by this machine's clock. */
  public Instant createdAt() {
    return record().createdAt();
  }

  /** Begins to describe a branch of it. */
  public BranchBuilder newBranch() {
    return new BranchBuilder(engine, entry.branch().name()).snapshot(id());
  }

  /**
   * Deletes it.
   *
   * @throws dev.bpg.error.BusyException if branches were made of it, which the message names
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.snapshots().delete(record());
  }

  SnapshotRecord record() {
    return entry.snapshot();
  }

  /** {@code snapshot 0a1b… of api/main}, with the label if it has one. */
  @Override
  public String toString() {
    return "snapshot "
        + id()
        + label().map(text -> " (" + text + ")").orElse("")
        + " of "
        + branch();
  }
}
