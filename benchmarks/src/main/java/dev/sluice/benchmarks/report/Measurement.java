package dev.sluice.benchmarks.report;

import dev.sluice.benchmarks.WorkerProfiler;
import java.util.Map;
import java.util.Objects;

/**
 * The figures of one benchmark with one set of parameters, per operation.
 *
 * @param group simple name of its class
 * @param name its method
 * @param parameters by name
 * @param time on the clock, in {@code unit}
 * @param unit of the time
 * @param cpuNanos CPU time of the benchmark's thread
 * @param processNanos CPU time of the process
 * @param allocated bytes allocated by the benchmark's thread
 * @param heap bytes of heap in use after a full collection, NaN where it was not measured
 */
record Measurement(
    String group,
    String name,
    Map<?, ?> parameters,
    double time,
    String unit,
    double cpuNanos,
    double processNanos,
    double allocated,
    double heap) {

  private static final String FLOOR = "floor";

  static Measurement of(Object json) {
    Map<?, ?> result = map(json);
    String[] path = string(result, "benchmark").split("\\.");
    Map<?, ?> primary = map(result.get("primaryMetric"));
    Map<?, ?> secondary = map(result.get("secondaryMetrics"));
    Object parameters = result.get("params");
    return new Measurement(
        path[path.length - 2].replace("Benchmark", ""),
        path[path.length - 1],
        parameters == null ? Map.of() : map(parameters),
        number(primary, "score"),
        string(primary, "scoreUnit"),
        score(secondary, WorkerProfiler.WORKER_CPU),
        score(secondary, WorkerProfiler.PROCESS_CPU),
        score(secondary, WorkerProfiler.WORKER_ALLOCATED),
        score(secondary, "heapBytes"));
  }

  boolean isFloor() {
    return name.startsWith(FLOOR);
  }

  /** whether the other one is a floor of this one: {@code floorX} is that of {@code xY} */
  boolean isAbove(Measurement other) {
    if (!other.isFloor() || isFloor() || !other.group.equals(group)) {
      return false;
    }
    String prefix = other.name.substring(FLOOR.length());
    return name.regionMatches(true, 0, prefix, 0, prefix.length())
        && other.parameters.equals(parameters);
  }

  /** what charts show: heap where it was measured, else CPU time of the benchmark's thread */
  double figure() {
    return Double.isNaN(heap) ? cpuNanos : heap;
  }

  String figureText() {
    return Table.number(figure()) + (Double.isNaN(heap) ? " ns" : " B");
  }

  String label() {
    return parameters.isEmpty() ? name : name + " " + values();
  }

  String values() {
    return String.join(", ", parameters.values().stream().map(Object::toString).toList());
  }

  private static double score(Map<?, ?> metrics, String name) {
    Object metric = metrics.get(name);
    return metric == null ? Double.NaN : number(map(metric), "score");
  }

  private static double number(Map<?, ?> map, String name) {
    return Double.parseDouble(string(map, name));
  }

  private static String string(Map<?, ?> map, String name) {
    return Objects.requireNonNull(map.get(name), name).toString();
  }

  private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("not JMH's results: " + json);
  }
}
