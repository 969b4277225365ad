package dev.sluice.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * How option sets compare with the first of them.
 *
 * @param title what was run
 * @param subtitle on what
 * @param sets their names, that which the others are compared with first
 * @param rows one for each figure
 */
record Comparison(String title, String subtitle, List<String> sets, List<Row> rows) {

  /**
   * One figure of all sets.
   *
   * @param label what it is
   * @param bars of the sets, in their order
   * @param mark ratio to the first set of something known, like a floor; NaN for none
   */
  record Row(String label, List<Bar> bars, double mark) {}

  /**
   * One figure of one set.
   *
   * @param ratio to that of the first set, in the middle of all rounds; NaN where there is none
   * @param least ratio of a round
   * @param most ratio of a round
   * @param figure itself, with its unit
   */
  record Bar(double ratio, double least, double most, String figure) {

    /** the ratio to three digits or so */
    String ratioText() {
      return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio);
    }
  }
}
