package dev.bpg.benchmarks.measure;

import java.util.Arrays;
import java.util.List;

/**
 * Repeated measurements of one thing, at least one.
 *
 * @param values in the order in which they were taken, in milliseconds
 */
public record Samples(List<Double> values) {

  /** Copies the values. */
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no measurement");
    }
  }

  /** The one in the middle, or the mean of the two there. */
  public double median() {
    return median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The smallest value that at least 95 % of the measurements do not exceed. */
  public double p95() {
    return percentile(95);
  }

  /** The same for 99 %. */
  public double p99() {
    return percentile(99);
  }

  private double percentile(int percent) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.ceil(percent * sorted.length / 100.0) - 1];
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
