package dev.sluice.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Draws figures over time as an SVG, one panel below the other, each from zero. */
public final class TimeChart {
  private static final int WIDTH = 760;
  private static final int LEFT = 60;
  private static final int PLOT_WIDTH = 660;
  private static final int PLOT_HEIGHT = 80;
  private static final int PANEL = 118;
  private static final int HEADER = 48;
  private static final int MARGIN = 10;
  private static final String AXIS = "stroke=\"#9aa5b1\"";
  private static final String CURVE = "stroke=\"#2f6f9f\" stroke-width=\"2\"";

  /**
   * A figure over time.
   *
   * @param label what it is, with its unit
   * @param values one for each moment
   */
  public record Series(String label, List<Double> values) {}

  private final Svg svg = new Svg();
  private final List<Double> minutes;
  private int top = HEADER;

  private TimeChart(List<Double> minutes) {
    this.minutes = minutes;
  }

  /**
   * Draws.
   *
   * @param title of all
   * @param subtitle below it
   * @param minutes the moments, two at least
   * @param all the figures
   * @return the SVG
   */
  public static String of(String title, String subtitle, List<Double> minutes, List<Series> all) {
    TimeChart chart = new TimeChart(minutes);
    chart.svg.heading(MARGIN, 18, title);
    chart.svg.text(MARGIN, 35, Svg.Anchor.START, subtitle);
    all.forEach(chart::panel);
    return chart.svg.document(WIDTH, chart.top + MARGIN);
  }

  private void panel(Series series) {
    double most = Math.max(1, Collections.max(series.values()));
    double bottom = top + 18.0 + PLOT_HEIGHT;
    svg.text(LEFT, top + 12, Svg.Anchor.START, series.label());
    svg.line(LEFT, bottom, LEFT + PLOT_WIDTH, bottom, AXIS);
    svg.line(LEFT, bottom - PLOT_HEIGHT, LEFT, bottom, AXIS);
    svg.text(LEFT - 5, bottom - PLOT_HEIGHT + 10, Svg.Anchor.END, number(most));
    svg.text(LEFT - 5, bottom, Svg.Anchor.END, "0");
    for (int i = 1; i < minutes.size(); i++) {
      svg.line(
          x(i - 1),
          bottom - PLOT_HEIGHT * series.values().get(i - 1) / most,
          x(i),
          bottom - PLOT_HEIGHT * series.values().get(i) / most,
          CURVE);
    }
    svg.text(LEFT + PLOT_WIDTH, bottom + 13, Svg.Anchor.END, number(last()) + " min");
    top += PANEL;
  }

  private double x(int moment) {
    return LEFT + PLOT_WIDTH * minutes.get(moment) / last();
  }

  private double last() {
    return minutes.get(minutes.size() - 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }
}
