package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run came to: printed, and written as JSON with a table and a chart next to it. */
final class Conclusion {
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Scenario scenario;
  private final Map<String, String> settings;
  private final Path directory;
  private final List<RunResult> results;
  private final Map<String, String> machine = Machine.describe();
  private boolean drawn;

  /**
   * Makes one that is drawn later.
   *
   * @param scenario what is run
   * @param settings of the scenario, by name
   * @param directory where figures are written
   * @param results grows while it runs
   */
  Conclusion(
      Scenario scenario, Map<String, String> settings, Path directory, List<RunResult> results) {
    this.scenario = scenario;
    this.settings = settings;
    this.directory = directory;
    this.results = results;
  }

  /** Reports the rounds that were run; the first call does. */
  synchronized void draw() {
    if (drawn || results.isEmpty()) {
      return;
    }
    drawn = true;
    System.out.println(heading());
    System.out.print(new Report(scenario.variants(), results).text());
    for (RunResult result : results) {
      HotPaths hotPaths = result.hotPaths();
      if (hotPaths != null && result.round() == scenario.rounds()) {
        System.out.println("\n" + result.variant().label() + ", " + hotPaths.text());
      }
    }
    try {
      write();
    } catch (IOException e) {
      System.err.println("the figures cannot be written: " + e);
    }
    results.stream()
        .filter(result -> result.error() != null)
        .forEach(result -> System.out.println(result.variant().label() + ": " + result.error()));
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "%n%s: %d stream(s) x %d viewer(s), %,d kbit/s at %d frames/s by %s, %.0f s after %.0f s of"
            + " warm-up%n%srelay: %s, java %s%n",
        scenario.name(),
        scenario.streams(),
        scenario.viewers(),
        scenario.kilobits(),
        scenario.frameRate(),
        scenario.saturated() ? "push" : scenario.publishing().name().toLowerCase(Locale.ROOT),
        scenario.seconds(),
        scenario.warmUpSeconds(),
        scenario.saturated()
            ? String.format(
                Locale.ROOT,
                "then such frames as fast as the relay sends them; %.0f %% of the viewers check%n",
                scenario.checked() * 100)
            : "",
        String.join(", ", machine.values()),
        String.join(" ", scenario.jvmFlags()));
  }

  private void write() throws IOException {
    Files.createDirectories(directory);
    String name = scenario.name() + '-' + LocalDateTime.now().format(FILE_TIME) + ".json";
    Path file = directory.resolve(name);
    Files.write(file, JsonReport.of(scenario.name(), machine, settings, results));
    dev.sluice.benchmarks.report.Report.write(file);
    System.out.println("\nall figures: " + file + ", with a table (.md) and a chart (.svg)");
  }
}
