package dev.bpg.benchmarks.measure;

/** Something that measures itself, so that what it has to tidy up does not count. */
@FunctionalInterface
public interface Timed {

  /** Does it once and says how long that took, in milliseconds. */
  double run() throws Exception;

  /** The milliseconds since a reading of {@link System#nanoTime()}. */
  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
