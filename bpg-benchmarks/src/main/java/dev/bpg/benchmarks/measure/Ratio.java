package dev.bpg.benchmarks.measure;

import java.util.Arrays;
import java.util.Random;

/**
 * How many times longer one thing takes than another: the ratio of their medians, with its 95 %
 * interval by the bootstrap (percentiles of the ratio over resamples of both).
 *
 * @param value the ratio
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
public record Ratio(double value, double low, double high) {

  private static final int RESAMPLES = 5000;

  /** Compares; the same measurements always give the same interval. */
  public static Ratio of(Samples measured, Samples against) {
    Random random = new Random(1);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      ratios[i] = resampledMedian(measured, random) / resampledMedian(against, random);
    }
    Arrays.sort(ratios);
    return new Ratio(
        measured.median() / against.median(),
        ratios[(int) (0.025 * RESAMPLES)],
        ratios[(int) (0.975 * RESAMPLES)]);
  }

  private static double resampledMedian(Samples samples, Random random) {
    int size = samples.values().size();
    double[] drawn = new double[size];
    for (int i = 0; i < size; i++) {
      drawn[i] = samples.values().get(random.nextInt(size));
    }
    return Samples.median(drawn);
  }
}
