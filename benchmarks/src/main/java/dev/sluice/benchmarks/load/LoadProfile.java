package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs a scenario. */
final class LoadProfile {
  private final Scenario scenario;
  private final Progress progress;
  private final List<RunResult> results = new CopyOnWriteArrayList<>();

  LoadProfile(Scenario scenario, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
  }

  Scenario scenario() {
    return scenario;
  }

  /** grows while it runs */
  List<RunResult> results() {
    return results;
  }

  /** Runs all variants in turn, round after round. */
  List<RunResult> run()
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    for (int round = 1; round <= scenario.rounds(); round++) {
      double floor = Double.NaN;
      if (scenario.floor()) {
        progress.stage("round " + round + ", floor");
        floor = new FloorRun(scenario, progress).run();
      }
      for (Variant variant : scenario.variants()) {
        progress.stage("round " + round + ", " + variant.label());
        RunResult result = new LoadRun(scenario, variant, round, progress).run();
        if (scenario.floor()) {
          result.put(Metric.FLOOR_MILLION, floor);
          result.put(Metric.FLOOR_RATIO, result.get(Metric.CPU_STEADY_MILLION) / floor);
        }
        results.add(result);
      }
    }
    return results;
  }
}
