package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.time.Duration;

/**
 * How long templates are kept; the keys {@code templates.…}. Whenever a template is made, those
 * beyond these bounds are dropped in the background. One that was used within the last hour, that
 * has branches or that is protected is never dropped. Immutable.
 *
 * @param unusedFor how long one is kept that nobody uses
 * @param maxSize how many bytes all of them may take together before those that were used longest
 *     ago are dropped
 */
public record TemplateConfig(Duration unusedFor, long maxSize) {

  static final String TIME_HINT = "use a duration of 1 hour to 365 days, such as 168h or P7D";

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final TemplateConfig DEFAULTS = new TemplateConfig(Duration.ofDays(7), 10L << 30);

  /**
   * Checks both.
   *
   * @throws RefusedException if the time is not between 1 hour and 365 days, or the size negative
   */
  public TemplateConfig {
    if (unusedFor.compareTo(SHORTEST) < 0 || unusedFor.compareTo(LONGEST) > 0) {
      throw new RefusedException(
          "keep templates for", unusedFor.toString(), unusedFor + " is out of range", TIME_HINT);
    }
    if (maxSize < 0) {
      throw new RefusedException(
          "keep templates of",
          maxSize + " bytes",
          maxSize + " is negative",
          DockerConfig.SIZE_HINT);
    }
  }

  /** 7 days and 10 GiB. */
  public static TemplateConfig defaults() {
    return DEFAULTS;
  }

  /** The same with another time. */
  public TemplateConfig withUnusedFor(Duration time) {
    return new TemplateConfig(time, maxSize);
  }

  /** The same with another size, in bytes. */
  public TemplateConfig withMaxSize(long bytes) {
    return new TemplateConfig(unusedFor, bytes);
  }
}
