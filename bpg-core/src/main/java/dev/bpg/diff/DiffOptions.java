package dev.bpg.diff;

import dev.bpg.error.RefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * How two branches are compared. Immutable.
 *
 * @param database the database to compare; empty for all that take connections and are no templates
 * @param statementTimeout the longest that one statement may take in a server; empty for no limit
 */
public record DiffOptions(Optional<String> database, Optional<Duration> statementTimeout) {

  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  /**
   * Checks the values.
   *
   * @throws RefusedException if the name is empty, or if the time-out is less than a millisecond or
   *     more than 24 days, which is as far as Postgres counts
   */
  public DiffOptions {
    if (database.filter(String::isBlank).isPresent()) {
      throw new RefusedException(
          "compare", "a database without a name", "the name is blank", "name a database");
    }
    statementTimeout.ifPresent(DiffOptions::check);
  }

  private static void check(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new RefusedException(
          "use the time-out",
          timeout.toString(),
          "it is out of range",
          "use a duration of at least a millisecond and at most 24 days");
    }
  }

  /** The database {@code postgres}, with no limit of time. */
  public static DiffOptions defaults() {
    return new DiffOptions(Optional.of("postgres"), Optional.empty());
  }

  /** The same, but for another database. */
  public DiffOptions database(String name) {
    return new DiffOptions(Optional.of(name), statementTimeout);
  }

  /** The same, but for all databases of the cluster that take connections and are no templates. */
  public DiffOptions allDatabases() {
    return new DiffOptions(Optional.empty(), statementTimeout);
  }

  /** The same, but giving up when a statement takes longer than this. */
  public DiffOptions statementTimeout(Duration timeout) {
    return new DiffOptions(database, Optional.of(timeout));
  }
}
