package dev.sluice.benchmarks.report;

import java.util.List;

/**
 * Draws a comparison as an SVG: for each figure a bar a set, as long as its ratio to the first set;
 * a thin line in it reaches from the least to the greatest ratio of a round. Bars of more than
 * {@link #LONGEST} are broken off.
 */
final class ComparisonChart {
  private static final double LONGEST = 2;
  private static final int WIDTH = 900;
  private static final int LABEL_WIDTH = 250;
  private static final int BAR_WIDTH = 460;
  private static final int BAR = 15;
  private static final int GAP = 11;
  private static final int MARGIN = 10;
  private static final int LEGEND = 22;
  private static final List<String> COLOURS =
      List.of("#9aa5b1", "#2f6f9f", "#4aa564", "#d08a2e", "#8a5fa8", "#b3474a");
  private static final String DARK = "#22303c";

  private final Comparison comparison;
  private final Svg svg = new Svg();
  private final double longest;
  private int y = MARGIN;

  private ComparisonChart(Comparison comparison) {
    this.comparison = comparison;
    longest =
        comparison.rows().stream()
            .flatMap(row -> row.bars().stream())
            .mapToDouble(bar -> Math.min(LONGEST, bar.most()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
  }

  static String of(Comparison comparison) {
    ComparisonChart chart = new ComparisonChart(comparison);
    chart.head();
    comparison.rows().forEach(chart::row);
    return chart.svg.document(WIDTH, chart.y + MARGIN);
  }

  private void head() {
    svg.heading(MARGIN, y + 14, comparison.title());
    svg.text(MARGIN, y + 31, Svg.Anchor.START, comparison.subtitle());
    y += 44;
    for (int i = 0; i < comparison.sets().size(); i++) {
      svg.bar(LABEL_WIDTH, y, BAR, BAR, colour(i));
      String base = i == 0 ? " (1.00)" : "";
      svg.text(LABEL_WIDTH + 22, y + 12, Svg.Anchor.START, comparison.sets().get(i) + base);
      y += LEGEND;
    }
    y += GAP;
  }

  private void row(Comparison.Row row) {
    int height = row.bars().size() * BAR;
    int middle = y + height / 2;
    svg.text(LABEL_WIDTH - 8, middle + 4, Svg.Anchor.END, row.label());
    vertical(1, height + GAP, " stroke-dasharray=\"3 3\"");
    for (int i = 0; i < row.bars().size(); i++) {
      Comparison.Bar bar = row.bars().get(i);
      if (Double.isFinite(bar.ratio())) {
        bar(bar, y + i * BAR, colour(i), row.mark());
      }
    }
    if (Double.isFinite(row.mark())) {
      vertical(row.mark(), height, "");
      svg.diamond(x(row.mark()), middle, 5, DARK);
    }
    y += height + GAP;
  }

  private void bar(Comparison.Bar bar, int top, String colour, double mark) {
    double end = x(bar.ratio());
    svg.bar(LABEL_WIDTH, top + 1, Math.max(1, end - LABEL_WIDTH), BAR - 2, colour);
    double centre = top + BAR / 2.0;
    svg.line(x(bar.least()), centre, x(bar.most()), centre, "stroke=\"" + DARK + "\"");
    if (bar.ratio() > longest) {
      svg.line(end - 12, top + BAR, end - 6, top, "stroke=\"white\" stroke-width=\"4\"");
    }
    double after = Math.max(x(bar.most()), mark >= bar.ratio() ? x(mark) : 0);
    String text = bar.ratioText() + "  (" + bar.figure() + ")";
    svg.text(after + 7, top + 12, Svg.Anchor.START, text);
  }

  private void vertical(double ratio, int height, String style) {
    svg.line(x(ratio), y, x(ratio), y + height, "stroke=\"" + DARK + "\"" + style);
  }

  private double x(double ratio) {
    return LABEL_WIDTH + BAR_WIDTH * Math.min(ratio, longest) / longest;
  }

  private static String colour(int set) {
    return COLOURS.get(set % COLOURS.size());
  }
}
