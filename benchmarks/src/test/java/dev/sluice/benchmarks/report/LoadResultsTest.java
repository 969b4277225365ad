package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadResultsTest {
  private static final String JSON =
      """
      {"scenario": "streams", "machine": {"cpu": "2 x any", "os": "Linux"}, "settings": {}, "runs": [
        {"variant": "REFERENCE_BASELINE", "round": 1, "error": null,
         "figures": {"CPU_STEADY_MILLION": 10, "THREADS": 200}},
        {"variant": "RESILIENT", "round": 1, "error": null,
         "figures": {"CPU_STEADY_MILLION": 6, "THREADS": 20}},
        {"variant": "REFERENCE_BASELINE", "round": 2, "error": null,
         "figures": {"CPU_STEADY_MILLION": 20, "THREADS": 200}},
        {"variant": "RESILIENT", "round": 2, "error": null,
         "figures": {"CPU_STEADY_MILLION": 16}}
      ]}
      """;

  @TempDir private Path directory;

  @Test
  void shouldCompareEachRoundWithTheFirstVariantOfThatRound() throws IOException {
    Path json = Files.writeString(directory.resolve("streams.json"), JSON);

    assertThat(Report.write(json))
        .contains("2 x any, Linux")
        .contains("|  | REFERENCE_BASELINE | RESILIENT | ◆ |")
        .contains(
            "| CPU a million packets | 15.00 s (1.00) | 11.00 s (0.70, 0.60 to 0.80) | 0.73 |")
        .contains("| threads | 200 (1.00) | 20 (0.10) | 0.27 |")
        .doesNotContain("heap");
    assertThat(directory.resolve("streams.md")).exists();
    assertThat(Files.readString(directory.resolve("streams.svg")))
        .startsWith("<svg")
        .contains("REFERENCE_BASELINE (1.00)", "0.70  (11.00 s)");
  }

  @Test
  void shouldReportWhatHasNoCounterpart() throws IOException {
    String alone =
        JSON.replace("\"round\": 2", "\"round\": 3").replaceFirst("\"round\": 1", "\"round\": 9");
    Path json = Files.writeString(directory.resolve("alone.json"), alone);

    assertThat(Report.write(json)).contains("| threads | 200 (1.00) | 20 | 0.27 |");
  }
}
