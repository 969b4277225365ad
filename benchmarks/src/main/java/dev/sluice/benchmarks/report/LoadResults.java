package dev.sluice.benchmarks.report;

import dev.sluice.benchmarks.report.Comparison.Bar;
import dev.sluice.benchmarks.report.Comparison.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the load profile wrote: its figures, by variant and round. */
final class LoadResults {

  /** what is drawn, if it was measured; the reference profile's ratio where it has one */
  private enum Figure {
    SENT_RATE_CORE("packets sent a core of event loops", "%,.0f/s"),
    SENT_RATE("packets sent", "%,.0f/s"),
    CPU_STEADY_MILLION("CPU a million packets", "%.2f s", 59.71 / 82.01),
    HEAP_LOADED("heap", "%.1f MB", 33.99 / 252.81),
    RESIDENT("process memory", "%.0f MB"),
    ALLOCATION("allocation", "%.1f MB/s"),
    THREADS("threads", "%.0f", 2_562.0 / 9_516),
    RTCP_SENT("RTCP to a viewer", "%.1f B/s", 1 / 3.0),
    DELAY_99("forwarding delay p99", "%.2f ms");

    private final String label;
    private final String format;
    private final double reference;

    Figure(String label, String format) {
      this(label, format, Double.NaN);
    }

    Figure(String label, String format, double reference) {
      this.label = label;
      this.format = format;
      this.reference = reference;
    }
  }

  private static final String FLOOR = "FLOOR_MILLION";
  private static final String BASELINE = "REFERENCE_BASELINE";

  private record Run(String variant, String round, Map<?, ?> figures) {

    double get(String name) {
      Object value = figures.get(name);
      return value == null ? Double.NaN : Double.parseDouble(value.toString());
    }
  }

  private final String scenario;
  private final String machine;
  private final List<Run> runs;
  private final List<String> variants;

  private LoadResults(Map<?, ?> json) {
    scenario = String.valueOf(json.get("scenario"));
    machine =
        map(json.get("machine")).values().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    runs =
        ((List<?>) Objects.requireNonNull(json.get("runs")))
            .stream()
                .map(LoadResults::map)
                .map(
                    run ->
                        new Run(
                            String.valueOf(run.get("variant")),
                            String.valueOf(run.get("round")),
                            map(run.get("figures"))))
                .toList();
    variants = runs.stream().map(Run::variant).distinct().toList();
  }

  static Comparison compare(Map<?, ?> json) {
    LoadResults results = new LoadResults(json);
    return new Comparison(
        "load " + results.scenario + results.legendOfMarks(),
        results.machine,
        results.variants,
        Arrays.stream(Figure.values())
            .filter(figure -> figure != Figure.SENT_RATE || results.has(Figure.SENT_RATE_CORE))
            .filter(results::has)
            .map(results::row)
            .toList());
  }

  private boolean has(Figure figure) {
    return runs.stream().anyMatch(run -> Double.isFinite(run.get(figure.name())));
  }

  private Row row(Figure figure) {
    return new Row(figure.label, variants.stream().map(v -> bar(v, figure)).toList(), mark(figure));
  }

  private Bar bar(String variant, Figure figure) {
    double[] ratios =
        runs.stream()
            .filter(run -> run.variant.equals(variant))
            .mapToDouble(run -> run.get(figure.name()) / first(run.round).get(figure.name()))
            .filter(Double::isFinite)
            .toArray();
    double value = Median.of(values(variant, figure.name()));
    return new Bar(
        Median.of(ratios),
        Arrays.stream(ratios).min().orElse(Double.NaN),
        Arrays.stream(ratios).max().orElse(Double.NaN),
        Double.isFinite(value) ? String.format(Locale.ROOT, figure.format, value) : "-");
  }

  private Run first(String round) {
    return runs.stream()
        .filter(run -> run.variant.equals(variants.get(0)) && run.round.equals(round))
        .findFirst()
        .orElse(new Run("", "", Map.of()));
  }

  private double mark(Figure figure) {
    if (figure == Figure.CPU_STEADY_MILLION && hasFloor()) {
      String first = variants.get(0);
      return Median.of(values(first, FLOOR)) / Median.of(values(first, figure.name()));
    }
    return variants.get(0).equals(BASELINE) ? figure.reference : Double.NaN;
  }

  private String legendOfMarks() {
    if (hasFloor()) {
      return "   (\u25c6 the floor)";
    }
    return variants.get(0).equals(BASELINE) ? "   (\u25c6 what the reference reached)" : "";
  }

  private boolean hasFloor() {
    return runs.stream().anyMatch(run -> Double.isFinite(run.get(FLOOR)));
  }

  private double[] values(String variant, String name) {
    return runs.stream()
        .filter(run -> run.variant.equals(variant))
        .mapToDouble(run -> run.get(name))
        .filter(Double::isFinite)
        .toArray();
  }

  private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("not the load profile's results: " + json);
  }
}
