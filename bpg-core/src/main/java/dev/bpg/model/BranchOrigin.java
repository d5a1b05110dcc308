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
 */
public record BranchOrigin(
    BranchMode mode,
    CloneMethod method,
    Optional<String> startLsn,
    Optional<String> stopLsn,
    Instant takenAt) {

  /** The same with the positions at which its backup began and ended. */
  public BranchOrigin withLsns(String start, String stop) {
    return new BranchOrigin(mode, method, Optional.of(start), Optional.of(stop), takenAt);
  }
}
