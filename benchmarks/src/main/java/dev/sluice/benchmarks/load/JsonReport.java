package dev.sluice.benchmarks.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All figures of all rounds, for scripts. */
final class JsonReport {

  private JsonReport() {}

  static String of(
      String scenario, Map<String, String> machine, Settings settings, List<RunResult> results) {
    return "{\n  \"scenario\": "
        + string(scenario)
        + ",\n  \"machine\": "
        + strings(machine)
        + ",\n  \"settings\": "
        + strings(settings.values())
        + ",\n  \"runs\": ["
        + results.stream().map(JsonReport::run).collect(Collectors.joining(",", "\n", "\n"))
        + "  ]\n}\n";
  }

  private static String run(RunResult result) {
    String figures =
        result.figures().entrySet().stream()
            .filter(figure -> Double.isFinite(figure.getValue()))
            .map(figure -> string(figure.getKey().name()) + ": " + figure.getValue())
            .collect(Collectors.joining(", "));
    String error = result.error();
    return "    {\"variant\": "
        + string(result.variant().label())
        + ", \"round\": "
        + result.round()
        + ", \"error\": "
        + (error == null ? "null" : string(error))
        + ", \"figures\": {"
        + figures
        + "}}";
  }

  private static String strings(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> string(entry.getKey()) + ": " + string(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String string(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
