package dev.bpg.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a recovery to a point in time is.
 *
 * @param start where in the WAL it began
 * @param replayed the position before which everything is replayed, to the segment
 * @param wanted the position to replay up to; of a point in time the end of the archived WAL,
 *     before which it lies, and empty if that is not known because the parent's server does not run
 * @param elapsed since the recovery began
 */
public record RecoveryProgress(Lsn start, Lsn replayed, Optional<Lsn> wanted, Duration elapsed) {

  /** For people: {@code 0/3000000 of 0/9000000, 8 s}. */
  @Override
  public String toString() {
    return replayed
        + wanted.map(end -> " of " + end).orElse("")
        + ", "
        + elapsed.toSeconds()
        + " s";
  }
}
