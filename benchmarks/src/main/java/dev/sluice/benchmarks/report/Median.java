package dev.sluice.benchmarks.report;

import java.util.Arrays;

/** The median. */
public final class Median {

  private Median() {}

  /**
   * Finds it.
   *
   * @param values in any order
   * @return the one in the middle, or the mean of both; not a number where there are none
   */
  public static double of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
