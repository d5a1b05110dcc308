package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.time.Duration;

/** The rule for time-outs. The upper bound keeps them far from the range of a long. */
final class Timeouts {

  static final String HINT =
      "use a duration of more than zero and at most 365 days, such as 500ms, 60s, 2m, 1h or PT90S";

  private static final Duration LONGEST = Duration.ofDays(365);

  private Timeouts() {}

  static Duration check(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new RefusedException(
          "use the time-out", timeout.toString(), timeout + " is out of range", HINT);
    }
    return timeout;
  }
}
