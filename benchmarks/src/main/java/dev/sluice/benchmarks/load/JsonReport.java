package dev.sluice.benchmarks.load;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All figures of all rounds, for scripts. */
final class JsonReport {
  private static final JSON INDENTED =
      JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);

  private JsonReport() {}

  static byte[] of(
      String scenario,
      Map<String, String> machine,
      Map<String, String> settings,
      List<RunResult> results)
      throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("scenario", scenario);
    report.put("machine", machine);
    report.put("settings", settings);
    report.put("runs", results.stream().map(JsonReport::run).toList());
    return INDENTED.asBytes(report);
  }

  private static Map<String, @Nullable Object> run(RunResult result) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("variant", result.variant().label());
    run.put("round", result.round());
    run.put("error", result.error());
    run.put("figures", figures(result));
    return run;
  }

  private static Map<String, Double> figures(RunResult result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    result
        .figures()
        .forEach(
            (metric, value) -> {
              if (Double.isFinite(value)) {
                figures.put(metric.name(), value);
              }
            });
    return figures;
  }
}
