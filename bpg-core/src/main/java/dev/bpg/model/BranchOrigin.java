package dev.bpg.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a branch's data came from.
 *
 * @param mode what was asked for
 * @param method what was done
 * @param startLsn the WAL position at which the backup began, when there was one, as Postgres
 *     writes it ({@code 0/16B3748})
 * @param stopLsn the WAL position at which the backup ended, when there was one
 * @param takenAt when the data was taken, by this machine's clock
 * @param snapshot the id of the snapshot that it was taken of, when it was
 */
public record BranchOrigin(
    BranchMode mode,
    CloneMethod method,
    Optional<String> startLsn,
    Optional<String> stopLsn,
    Instant takenAt,
    Optional<String> snapshot) {

  /** The origin of what was taken of a branch itself, without a backup so far. */
  public BranchOrigin(BranchMode mode, CloneMethod method, Instant takenAt) {
    this(mode, method, Optional.empty(), Optional.empty(), takenAt, Optional.empty());
  }

  /** The same with the positions at which its backup began and ended. */
  public BranchOrigin withLsns(String start, String stop) {
    return new BranchOrigin(mode, method, Optional.of(start), Optional.of(stop), takenAt, snapshot);
  }

  /** The same with the first WAL that the data needs, and where its own ends if that is known. */
  public BranchOrigin withWal(String start, Optional<String> stop) {
    return new BranchOrigin(mode, method, Optional.of(start), stop, takenAt, snapshot);
  }

  /** The same, of a snapshot. */
  public BranchOrigin ofSnapshot(String id) {
    return new BranchOrigin(mode, method, startLsn, stopLsn, takenAt, Optional.of(id));
  }
}
