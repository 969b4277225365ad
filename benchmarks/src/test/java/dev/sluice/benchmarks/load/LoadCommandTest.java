package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.ParameterException;

class LoadCommandTest {

  @ParameterizedTest
  @EnumSource
  void shouldTakeEveryPresetAsItIs(Preset preset) {
    assertThat(LoadCommand.parse(preset).name()).isEqualTo(preset.word());
  }

  @Test
  void shouldPutThePresetOverTheDefaultsAndTheCommandLineOverThePreset() {
    Scenario scenario =
        LoadCommand.parse(
            Preset.STREAMS, "--rounds=4", "--profile", "true", "--jvm", "-Xmx1g -ea", "--rounds=5");

    assertThat(scenario.streams()).isEqualTo(64);
    assertThat(scenario.viewers()).isOne();
    assertThat(scenario.publishing()).isEqualTo(Scenario.Publishing.RTSP);
    assertThat(scenario.rounds()).isEqualTo(5);
    assertThat(scenario.profiles()).isNotNull();
    assertThat(scenario.floor()).isFalse();
    assertThat(scenario.jvmFlags()).containsExactly("-Xmx1g", "-ea");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants=FAST             | 'FAST' is none of [LOW_OVERHEAD, RESILIENT",
        "--variants=RESILIENT:lost=1 | 'lost=1' in 'RESILIENT:lost=1' is none of report=, loss=",
        "--variants=RESILIENT:loss   | is none of report=, loss=, loops=, mdns=, joins=, slow=, handshakes=, publish= and warm=",
        "--publish=file              | --publish",
        "--variants=RESILIENT:publish=saturate | 'saturate' is none of [PUSH, RTSP, WHIP]",
        "--viewers=many              | 'many' is not an int",
        "--viewer=1                  | Unknown option",
      })
  void shouldSayWhatIsWrong(String argument, String message) {
    assertThatThrownBy(() -> LoadCommand.parse(Preset.FREE, argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldReportFiguresThatWereMeasuredAsJson() throws Exception {
    RunResult result = new RunResult(Variant.parseAll("RESILIENT", 2).get(0), 1);
    result.put(Metric.THREADS, 3);
    result.put(Metric.LOST, Double.NaN);
    result.error("a \"wrong\" packet\n");

    byte[] json = JsonReport.of("free", Map.of("cpu", "any"), Map.of(), List.of(result));

    assertThat(JSON.std.anyFrom(json))
        .isEqualTo(
            Map.of(
                "scenario",
                "free",
                "machine",
                Map.of("cpu", "any"),
                "settings",
                Map.of(),
                "runs",
                List.of(
                    Map.of(
                        "variant",
                        "RESILIENT",
                        "round",
                        1,
                        "error",
                        "a \"wrong\" packet\n",
                        "figures",
                        Map.of("THREADS", 3.0)))));
  }
}
