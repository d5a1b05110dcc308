package dev.bpg.benchmarks.measure;

import java.util.Optional;

/**
 * One line of a report.
 *
 * @param what what was measured
 * @param unit the unit of all its numbers but the ratio
 * @param samples the measurements
 * @param against what it is compared with
 * @param ratio the comparison; present if {@code against} is
 */
public record Result(
    String what, String unit, Samples samples, Optional<String> against, Optional<Ratio> ratio) {

  /** Times that are compared with nothing. */
  public static Result of(String what, Samples samples) {
    return of(what, "ms", samples);
  }

  /** Measurements of another unit. */
  public static Result of(String what, String unit, Samples samples) {
    return new Result(what, unit, samples, Optional.empty(), Optional.empty());
  }

  /** Times, and how many times longer they are than others. */
  public static Result of(String what, Samples samples, String against, Samples others) {
    return new Result(
        what, "ms", samples, Optional.of(against), Optional.of(Ratio.of(samples, others)));
  }
}
