package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.report.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables: each variant's median of all rounds, and how the others compare with the first. */
final class Report {
  private static final int LABEL_WIDTH = 44;
  private static final int COLUMN_WIDTH = 26;
  private static final List<Metric> COMPARED =
      List.of(
          Metric.SENT_RATE,
          Metric.SENT_RATE_CORE,
          Metric.CPU_MILLION,
          Metric.CPU_STEADY_MILLION,
          Metric.CPU_FRAME,
          Metric.FLOOR_RATIO,
          Metric.HEAP_LOADED,
          Metric.HEAP_BEYOND,
          Metric.HEAP_STREAM,
          Metric.HEAP_VIEWER,
          Metric.RESIDENT,
          Metric.ALLOCATION,
          Metric.THREADS,
          Metric.RTCP_SENT,
          Metric.DELAY_99);

  private final List<Variant> variants;
  private final List<RunResult> results;

  Report(List<Variant> variants, List<RunResult> results) {
    this.variants = variants;
    this.results = results;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    row(out, "median of " + rounds() + " round(s)", variants.stream().map(Variant::label).toList());
    for (Metric metric : Metric.values()) {
      List<double[]> columns = variants.stream().map(v -> values(v, metric)).toList();
      if (columns.stream().anyMatch(column -> column.length > 0)) {
        row(out, metric.label(), columns.stream().map(column -> cell(metric, column)).toList());
      }
    }
    if (variants.size() > 1) {
      comparison(out);
    }
    return out.toString();
  }

  private static String cell(Metric metric, double[] values) {
    if (metric == Metric.FLOOR_RATIO || values.length == 0) {
      return spread(values);
    }
    return metric.format(Median.of(values));
  }

  /** ratios to the first variant, round by round: least, median, most */
  private void comparison(StringBuilder out) {
    Variant base = variants.get(0);
    List<Variant> others = variants.subList(1, variants.size());
    out.append('\n');
    row(out, "ratio to " + base.label(), others.stream().map(Variant::label).toList());
    for (Metric metric : COMPARED) {
      List<String> cells = new ArrayList<>();
      for (Variant other : others) {
        cells.add(spread(ratios(base, other, metric)));
      }
      if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
        row(out, metric.label(), cells);
      }
    }
  }

  private double[] ratios(Variant base, Variant other, Metric metric) {
    return results.stream()
        .filter(result -> result.variant().equals(base))
        .flatMapToDouble(
            first ->
                results.stream()
                    .filter(r -> r.variant().equals(other) && r.round() == first.round())
                    .mapToDouble(r -> r.get(metric) / first.get(metric)))
        .filter(Double::isFinite)
        .toArray();
  }

  private static String spread(double[] ratios) {
    return ratios.length == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.3f (%.3f to %.3f)",
            Median.of(ratios),
            Arrays.stream(ratios).min().orElse(0),
            Arrays.stream(ratios).max().orElse(0));
  }

  private double[] values(Variant variant, Metric metric) {
    return results.stream()
        .filter(result -> result.variant().equals(variant))
        .mapToDouble(result -> result.get(metric))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  private long rounds() {
    return results.stream().mapToInt(RunResult::round).distinct().count();
  }

  private static void row(StringBuilder out, String label, List<String> cells) {
    out.append(String.format("%-" + LABEL_WIDTH + "s", label));
    cells.forEach(cell -> out.append(String.format("%" + COLUMN_WIDTH + "s", cell)));
    out.append('\n');
  }
}
