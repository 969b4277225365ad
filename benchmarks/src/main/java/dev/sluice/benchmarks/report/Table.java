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

  /** a column a set; after its first one, ratios to that */
  static String of(Comparison comparison) {
    StringBuilder out = new StringBuilder("### " + comparison.title() + "\n\n");
    out.append(comparison.subtitle()).append("\n\n");
    row(out, Stream.concat(Stream.of(""), comparison.sets().stream()).toArray(String[]::new));
    out.append("|---|").append("---:|".repeat(comparison.sets().size())).append('\n');
    for (Comparison.Row row : comparison.rows()) {
      Stream<String> cells = row.bars().stream().map(Table::cell);
      row(out, Stream.concat(Stream.of(row.label()), cells).toArray(String[]::new));
    }
    return out.append('\n').toString();
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
