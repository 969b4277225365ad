package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The load profile's command line: {@code load PRESET [--SETTING VALUE]...}. */
public final class LoadProfile {
  private final Scenario scenario;
  private final Progress progress;
  private final List<RunResult> results = new CopyOnWriteArrayList<>();

  LoadProfile(Scenario scenario, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
  }

  /**
   * Runs a scenario, prints its table and writes its figures as JSON, for the rounds that were done
   * when it is interrupted. Exits with 1 when a viewer saw what must not be.
   *
   * @param args a preset and settings
   * @throws Exception if a process cannot be run
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println(Settings.usage());
      System.exit(2);
    }
    Settings settings = Settings.of(args[0], Arrays.asList(args).subList(1, args.length));
    Scenario scenario = Scenario.of(args[0], settings);
    LoadProfile profile = new LoadProfile(scenario, new Progress(System.err));
    List<RunResult> results = profile.results;
    Conclusion conclusion = new Conclusion(scenario, settings, results);
    Runtime.getRuntime().addShutdownHook(new Thread(conclusion::draw, "conclusion"));
    try {
      profile.run();
    } finally {
      conclusion.draw();
    }
    System.exit(results.stream().anyMatch(result -> result.error() != null) ? 1 : 0);
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
