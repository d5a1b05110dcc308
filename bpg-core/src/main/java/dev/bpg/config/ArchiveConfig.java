package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.WalCompression;
import java.time.Duration;
import java.util.Optional;

/**
 * What is configured of WAL archives. Immutable.
 *
 * @param enabled whether the main branches of new databases are archived from the beginning; empty
 *     for what is said of all databases, and off if nothing is
 * @param compression how the files are compressed of archives that are turned on without saying it;
 *     empty for what is said of all databases, and {@code gzip} if nothing is
 * @param timeout after how long a segment that is not full is archived, of the same archives, in
 *     whole seconds, zero for never; empty for what is said of all databases, and 60 s if nothing
 *     is
 */
public record ArchiveConfig(
    Optional<Boolean> enabled, Optional<WalCompression> compression, Optional<Duration> timeout) {

  static final String TIMEOUT_HINT = "use whole seconds, such as 60s, or 0s for never";

  // The largest that Postgres takes for archive_timeout.
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE / 2);

  private static final ArchiveConfig NONE =
      new ArchiveConfig(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the time.
   *
   * @throws RefusedException if it is negative, not in whole seconds, or more than Postgres takes
   */
  public ArchiveConfig {
    timeout.ifPresent(ArchiveConfig::checkTimeout);
  }

  /** Nothing said. */
  public static ArchiveConfig none() {
    return NONE;
  }

  /** The same with the main branches of new databases archived, or not. */
  public ArchiveConfig withEnabled(boolean on) {
    return new ArchiveConfig(Optional.of(on), compression, timeout);
  }

  /** The same with another compression. */
  public ArchiveConfig withCompression(WalCompression method) {
    return new ArchiveConfig(enabled, Optional.of(method), timeout);
  }

  /**
   * The same with another time.
   *
   * @throws RefusedException if it is negative, not in whole seconds, or more than Postgres takes
   */
  public ArchiveConfig withTimeout(Duration time) {
    return new ArchiveConfig(enabled, compression, Optional.of(time));
  }

  /** What this says and, where it says nothing, what the other one does. */
  public ArchiveConfig orElse(ArchiveConfig other) {
    return new ArchiveConfig(
        enabled.or(other::enabled), compression.or(other::compression), timeout.or(other::timeout));
  }

  private static void checkTimeout(Duration time) {
    if (time.isNegative() || time.getNano() != 0 || time.compareTo(LONGEST) > 0) {
      throw new RefusedException(
          "use the archive time-out",
          time.toString(),
          time + " is negative, not in whole seconds, or too long",
          TIMEOUT_HINT);
    }
  }
}
