package dev.sluice.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws results as an SVG of horizontal bars: a panel for each class, in it a scale of its own for
 * each set of parameters. A bar is the CPU time of the benchmark's thread; floors are grey.
 */
final class Chart {
  private static final int WIDTH = 900;
  private static final int LABEL_WIDTH = 330;
  private static final int BAR_WIDTH = 380;
  private static final int ROW = 20;
  private static final int HEADING = 34;
  private static final String FLOOR = "#9aa5b1";
  private static final String BAR = "#2f6f9f";

  private final Results results;
  private final StringBuilder shapes = new StringBuilder();
  private int y;

  private Chart(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Chart chart = new Chart(results);
    results.groups().forEach(chart::panel);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """
        .formatted(WIDTH, chart.y + ROW, chart.shapes);
  }

  private void panel(String group) {
    List<Measurement> all = results.group(group);
    y += HEADING;
    text(10, y - 10, "start", "bold", group);
    for (String parameters : all.stream().map(Measurement::values).distinct().toList()) {
      List<Measurement> rows = all.stream().filter(m -> m.values().equals(parameters)).toList();
      double longest = rows.stream().mapToDouble(Measurement::cpuNanos).max().orElse(1);
      rows.forEach(row -> bar(row, longest));
      y += ROW / 4;
    }
  }

  private void bar(Measurement measurement, double longest) {
    Measurement floor = results.floorOf(measurement);
    double cpu = measurement.cpuNanos();
    double width = Math.max(1, BAR_WIDTH * cpu / longest);
    text(LABEL_WIDTH - 6, y + 14, "end", "normal", measurement.label());
    shapes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LABEL_WIDTH,
            y + 3,
            width,
            ROW - 5,
            measurement.isFloor() ? FLOOR : BAR));
    String ratio = floor == null ? "" : ", " + Table.ratio(cpu, floor.cpuNanos()) + " x";
    text(
        LABEL_WIDTH + (int) width + 6,
        y + 14,
        "start",
        "normal",
        Table.number(cpu) + " ns" + ratio);
    y += ROW;
  }

  private void text(int x, int baseline, String anchor, String weight, String text) {
    shapes.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
            x,
            baseline,
            anchor,
            weight,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
