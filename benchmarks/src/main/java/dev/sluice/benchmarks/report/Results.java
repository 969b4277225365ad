package dev.sluice.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All measurements of a run.
 *
 * @param machine what it ran on
 * @param measurements in the order they were made
 */
record Results(String machine, List<Measurement> measurements) {

  static Results of(Object json) {
    if (!(json instanceof List<?> runs) || runs.isEmpty()) {
      throw new IllegalArgumentException("no results");
    }
    return new Results(machine(runs.get(0)), runs.stream().map(Measurement::of).toList());
  }

  List<String> groups() {
    return measurements.stream().map(Measurement::group).distinct().toList();
  }

  List<Measurement> group(String name) {
    return measurements.stream().filter(m -> m.group().equals(name)).toList();
  }

  /** the floor whose name says most about the measurement */
  @Nullable Measurement floorOf(Measurement measurement) {
    return measurements.stream()
        .filter(measurement::isAbove)
        .max(Comparator.comparingInt(floor -> floor.name().length()))
        .orElse(null);
  }

  private static String machine(Object run) {
    String jvm = run instanceof Map<?, ?> map ? map.get("vmName") + " " + map.get("vmVersion") : "";
    return "%s, %s %s, %s processors"
        .formatted(
            jvm,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}
