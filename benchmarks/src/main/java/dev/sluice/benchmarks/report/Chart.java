package dev.sluice.benchmarks.report;

import java.util.List;

/**
 * Draws results as an SVG of horizontal bars: a panel for each class, in it a scale of its own for
 * each set of parameters. A bar is the CPU time of the benchmark's thread, or the heap where that
 * was measured; floors are grey.
 */
final class Chart {
  private static final int WIDTH = 960;
  private static final int LABEL_WIDTH = 390;
  private static final int BAR_WIDTH = 380;
  private static final int ROW = 20;
  private static final int HEADING = 34;
  private static final String FLOOR = "#9aa5b1";
  private static final String BAR = "#2f6f9f";

  private final Results results;
  private final Svg svg = new Svg();
  private int y;

  private Chart(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Chart chart = new Chart(results);
    results.groups().forEach(chart::panel);
    return chart.svg.document(WIDTH, chart.y + ROW);
  }

  private void panel(String group) {
    List<Measurement> all = results.group(group);
    y += HEADING;
    svg.heading(10, y - 10, group);
    for (String parameters : all.stream().map(Measurement::values).distinct().toList()) {
      List<Measurement> rows = all.stream().filter(m -> m.values().equals(parameters)).toList();
      double longest = rows.stream().mapToDouble(Measurement::figure).max().orElse(1);
      rows.forEach(row -> bar(row, longest));
      y += ROW / 4;
    }
  }

  private void bar(Measurement measurement, double longest) {
    Measurement floor = results.floorOf(measurement);
    double width = Math.max(1, BAR_WIDTH * measurement.figure() / longest);
    svg.text(LABEL_WIDTH - 6, y + 14, Svg.Anchor.END, measurement.label());
    svg.bar(LABEL_WIDTH, y + 3, width, ROW - 5, measurement.isFloor() ? FLOOR : BAR);
    String ratio =
        floor == null ? "" : ", " + Table.ratio(measurement.figure(), floor.figure()) + " x";
    String figure = measurement.figureText() + ratio;
    svg.text(LABEL_WIDTH + width + 6, y + 14, Svg.Anchor.START, figure);
    y += ROW;
  }
}
