package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.load.relay.RelaySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole profile, short: processes, sockets, handshakes, media, figures. */
@EnabledOnOs(OS.LINUX)
class LoadProfileTest {

  @Test
  void shouldLoseNothingWithAnyOptionSet() throws Exception {
    String sets = Arrays.stream(RelaySet.values()).map(Enum::name).collect(Collectors.joining(","));
    for (RunResult result : run(sets, "rtsp")) {
      assertThat(result.error()).as(result.variant().label()).isNull();
      if (result.get(Metric.RESYNCHRONISATIONS) == 0) { // else the machine stood still too long
        assertThat(result.get(Metric.LOST)).as(result.variant().label()).isZero();
        assertThat(result.get(Metric.NOT_SEEN)).as(result.variant().label()).isNotPositive();
      }
      assertThat(result.get(Metric.WRONG)).isZero();
      assertThat(result.get(Metric.PACKET_RATE)).isGreaterThan(400);
      assertThat(result.get(Metric.CPU_MILLION)).isPositive();
      assertThat(result.get(Metric.JOIN_KEYFRAME_50)).isPositive();
    }
  }

  @Test
  void shouldTakeStreamsByWhip() throws Exception {
    RunResult result = run("RESILIENT:publish=whip", "push").get(0);

    assertThat(result.error()).isNull();
    assertThat(result.get(Metric.WRONG)).isZero();
    assertThat(result.get(Metric.PACKET_RATE)).isGreaterThan(400);
  }

  @Test
  void shouldRecoverWhatIsLostOnTheWay() throws Exception {
    RunResult result = run("RESILIENT:loss=0.05", "push").get(0);

    assertThat(result.error()).isNull();
    assertThat(result.get(Metric.THROWN_AWAY)).isPositive();
    assertThat(result.get(Metric.RECOVERED)).isPositive();
    assertThat(result.get(Metric.IN_TIME)).isGreaterThan(99);
    assertThat(result.get(Metric.RTCP_RECEIVED)).as("with feedback").isGreaterThan(300);
  }

  @Test
  void shouldSendMoreThanThePaceWhenSaturated() throws Exception {
    RunResult result = run("RESILIENT:loops=1", "saturate", "--checked=0.5", "--floor=true").get(0);

    assertThat(result.error()).isNull();
    assertThat(result.get(Metric.WRONG)).isZero();
    assertThat(result.get(Metric.PACKET_RATE)).isGreaterThan(5_000);
    assertThat(result.get(Metric.SENT_RATE)).isGreaterThan(1.2 * result.get(Metric.PACKET_RATE));
    assertThat(result.get(Metric.FLOOR_MILLION)).isPositive();
    assertThat(result.get(Metric.LOOPS_PERCENT)).isPositive();
    assertThat(result.get(Metric.GENERATOR_PERCENT)).isPositive();
  }

  @Test
  void shouldLetViewersJoinAndLeaveWhileOthersWatch() throws Exception {
    RunResult result = run("RESILIENT:joins=20:handshakes=2", "push").get(0);

    assertThat(result.error()).isNull();
    assertThat(result.get(Metric.WRONG)).isZero();
    assertThat(result.get(Metric.STORM_RATE)).isPositive();
    assertThat(result.get(Metric.STORM_FAILED)).isZero();
    assertThat(result.get(Metric.STORM_PACKET_50)).isPositive();
    assertThat(result.get(Metric.STORM_DELAY_99)).isPositive();
  }

  @Test
  void shouldHaveSomeViewersBehindSlowLinksAndTellThemFromTheOthers() throws Exception {
    RunResult result = run("RESILIENT:slow=2", "push").get(0);

    assertThat(result.error()).isNull();
    assertThat(result.get(Metric.WRONG)).isZero();
    assertThat(result.get(Metric.SLOW_KILOBITS)).as("of 1,500").isBetween(100.0, 1_010.0);
    assertThat(result.get(Metric.SLOW_FRAMES)).isPositive();
    assertThat(result.get(Metric.FRAME_RATE)).as("of the others").isPositive();
  }

  private static List<RunResult> run(String variants, String publish, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--streams=2",
            "--viewers=2",
            "--kilobits=1500",
            "--trial=0.3",
            "--settle=0.3",
            "--warmup=0.5",
            "--seconds=2",
            "--rounds=1",
            "--publish=" + publish,
            "--variants=" + variants));
    Scenario scenario = LoadCommand.parse(Preset.FREE, arguments.toArray(String[]::new));
    return new LoadProfile(scenario, new Progress(System.err)).run();
  }
}
