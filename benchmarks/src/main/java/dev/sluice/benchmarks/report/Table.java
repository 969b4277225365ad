package dev.sluice.benchmarks.report;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes results as tables in Markdown, one for each class. */
final class Table {
  private static final String[] HEADINGS = {
    "", "time", "x floor", "CPU ns", "x floor", "process CPU ns", "allocated B", "above floor B"
  };

  private Table() {}

  static String of(Results results) {
    StringBuilder out = new StringBuilder(results.machine()).append('\n');
    for (String group : results.groups()) {
      out.append("\n### ").append(group).append("\n\n");
      row(out, HEADINGS);
      out.append("|---|").append("---:|".repeat(HEADINGS.length - 1)).append('\n');
      for (Measurement measurement : results.group(group)) {
        row(out, cells(measurement, results.floorOf(measurement)));
      }
    }
    return out.toString();
  }

  /** a column a set, with ratios to the first one, and a column of marks if there are any */
  static String of(Comparison comparison) {
    boolean marked = comparison.rows().stream().anyMatch(row -> Double.isFinite(row.mark()));
    StringBuilder out = new StringBuilder("### " + comparison.title() + "\n\n");
    out.append(comparison.subtitle()).append("\n\n");
    comparisonRow(out, "", comparison.sets().stream(), marked ? "\u25c6" : "");
    out.append("|---|").append("---:|".repeat(comparison.sets().size() + (marked ? 1 : 0)));
    out.append('\n');
    for (Comparison.Row row : comparison.rows()) {
      String mark = Double.isFinite(row.mark()) ? ratio(row.mark(), 1) : "-";
      comparisonRow(out, row.label(), row.bars().stream().map(Table::cell), marked ? mark : "");
    }
    return out.append('\n').toString();
  }

  private static void comparisonRow(
      StringBuilder out, String label, Stream<String> cells, String mark) {
    Stream<String> all = Stream.concat(Stream.of(label), cells);
    Stream<String> last = mark.isEmpty() ? Stream.empty() : Stream.of(mark);
    row(out, Stream.concat(all, last).toArray(String[]::new));
  }

  private static String cell(Comparison.Bar bar) {
    if (Double.isNaN(bar.ratio())) {
      return bar.figure();
    }
    String spread =
        bar.least() == bar.most()
            ? ""
            : String.format(Locale.ROOT, ", %.2f to %.2f", bar.least(), bar.most());
    return bar.figure() + " (" + bar.ratioText() + spread + ")";
  }

  private static String[] cells(Measurement measurement, @Nullable Measurement floor) {
    boolean heap = !Double.isNaN(measurement.heap());
    return new String[] {
      measurement.label() + (heap ? ": " + number(measurement.heap()) + " B of heap" : ""),
      number(measurement.time()) + " " + measurement.unit(),
      floor == null ? "" : ratio(measurement.time(), floor.time()),
      number(measurement.cpuNanos()),
      floor == null ? "" : ratio(measurement.cpuNanos(), floor.cpuNanos()),
      number(measurement.processNanos()),
      number(measurement.allocated()),
      floor == null ? "" : number(measurement.allocated() - floor.allocated())
    };
  }

  static String ratio(double value, double floor) {
    return String.format(Locale.ROOT, "%.2f", value / floor);
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value);
  }

  private static void row(StringBuilder out, String[] cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
