package dev.sluice.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one variant in one round. */
final class RunResult {
  private final Variant variant;
  private final int round;
  private final Map<Metric, Double> figures = new EnumMap<>(Metric.class);
  private @Nullable String error;
  private @Nullable HotPaths hotPaths;

  RunResult(Variant variant, int round) {
    this.variant = variant;
    this.round = round;
  }

  Variant variant() {
    return variant;
  }

  int round() {
    return round;
  }

  void put(Metric metric, double value) {
    figures.put(metric, value);
  }

  /** the figure, not a number where it was not measured */
  double get(Metric metric) {
    return figures.getOrDefault(metric, Double.NaN);
  }

  Map<Metric, Double> figures() {
    return figures;
  }

  void hotPaths(HotPaths profile) {
    hotPaths = profile;
  }

  @Nullable HotPaths hotPaths() {
    return hotPaths;
  }

  void error(@Nullable String what) {
    error = what;
  }

  /** what a viewer saw that must not be; null if all was right */
  @Nullable String error() {
    return error;
  }
}
