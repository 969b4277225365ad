package dev.sluice.benchmarks.report;

import java.util.Locale;
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
