package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The load profile's command line: {@code load PRESET [--SETTING VALUE]...}. */
public final class LoadProfile {
  private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Scenario scenario;
  private final Progress progress;
  private final List<RunResult> results = new ArrayList<>();

  LoadProfile(Scenario scenario, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
  }

  /**
   * Runs a scenario, prints its table and writes its figures as JSON. Exits with 1 when a viewer
   * saw what must not be.
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
    Map<String, String> machine = Machine.describe();
    LoadProfile profile = new LoadProfile(scenario, new Progress(System.err));
    List<RunResult> results = profile.results;
    try {
      profile.run();
    } finally {
      System.out.println(heading(scenario, machine));
      System.out.print(new Report(scenario.variants(), results).text());
      printHotPaths(scenario, results);
      write(scenario, machine, settings, results);
    }
    results.stream()
        .filter(result -> result.error() != null)
        .forEach(result -> System.out.println(result.variant().label() + ": " + result.error()));
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

  private static void printHotPaths(Scenario scenario, List<RunResult> results) {
    for (RunResult result : results) {
      HotPaths hotPaths = result.hotPaths();
      if (hotPaths != null && result.round() == scenario.rounds()) {
        System.out.println("\n" + result.variant().label() + ", " + hotPaths.text());
      }
    }
  }

  private static String heading(Scenario scenario, Map<String, String> machine) {
    return String.format(
        "%n%s: %d stream(s) x %d viewer(s), %,d kbit/s at %d frames/s by %s, %.0f s after %.0f s of"
            + " warm-up%n%srelay: %s, java %s%n",
        scenario.name(),
        scenario.streams(),
        scenario.viewers(),
        scenario.kilobits(),
        scenario.frameRate(),
        scenario.publishing() == Scenario.Publishing.RTSP ? "RTSP" : "push",
        scenario.seconds(),
        scenario.warmUpSeconds(),
        scenario.saturated()
            ? "then such frames as fast as the relay sends them; %.0f %% of the viewers check%n"
                .formatted(scenario.checked() * 100)
            : "",
        String.join(", ", machine.values()),
        String.join(" ", scenario.jvmFlags()));
  }

  private static void write(
      Scenario scenario, Map<String, String> machine, Settings settings, List<RunResult> results)
      throws IOException {
    Path directory = Files.createDirectories(Path.of(settings.text("out")));
    String name = scenario.name() + '-' + LocalDateTime.now().format(FILE_TIME) + ".json";
    Path file = directory.resolve(name);
    Files.writeString(file, JsonReport.of(scenario.name(), machine, settings, results));
    System.out.println("\nall figures: " + file);
  }
}
