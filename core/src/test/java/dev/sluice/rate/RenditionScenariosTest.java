package dev.sluice.rate;

import static dev.sluice.rate.Simulation.MILLI;
import static dev.sluice.rate.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rate.SimulatedLog.Entry;
import dev.sluice.rate.SimulatedLog.Structure;
import org.junit.jupiter.api.Test;

/** A stream of 2 Mbit/s with a second rendition of 500 kbit/s; both answer keyframe requests. */
class RenditionScenariosTest {
  private static final long FAST = 20_000_000;
  private static final long SLOW = 1_000_000;
  private static final long[] BITRATES = {500_000, 2_000_000};

  private final SimulatedLog[] logs = {
    new SimulatedLog(1, Structure.IPPP, BITRATES[0], 60).named(1_000_000),
    new SimulatedLog(2, Structure.IPPP, BITRATES[1], 60)
  };
  private final Simulation simulation = new Simulation(logs[1], FAST, true);
  private final RenditionChoice choice = new RenditionChoice(1);
  private int sent = 1;
  private int asked = 1;
  private int askedAt;
  private int switches;
  private long switchedNanos;

  @Test
  void shouldSwitchDownAndUpAtKeyframes() {
    simulation.wanting(BITRATES[1]).everyMilli(this::choose);

    simulation.runUntil(10 * SECOND).link.rate(SLOW);
    simulation.runUntil(30 * SECOND);
    assertThat(sent).isZero();
    assertThat(switchedNanos).isLessThan(12 * SECOND);

    simulation.link.rate(FAST);
    simulation.runUntil(50 * SECOND);
    assertThat(sent).isEqualTo(1);
    assertThat(switchedNanos).isLessThan(36 * SECOND);
    assertThat(switches).isEqualTo(2);
    assertThat(simulation.longestFreeze(12 * SECOND, 49 * SECOND)).isLessThan(300 * MILLI);
    assertThat(simulation.orphans()).isZero();
  }

  private void choose(long nanos) {
    for (SimulatedLog log : logs) {
      log.advance(nanos);
    }
    int chosen = choice.choose(nanos, simulation.estimate(), BITRATES);
    if (chosen == sent) {
      asked = sent;
    } else if (chosen != asked) {
      asked = chosen;
      askedAt = logs[chosen].entries().size();
      logs[chosen].askForKeyframe();
    } else {
      switchAtKeyframe(nanos);
    }
  }

  private void switchAtKeyframe(long nanos) {
    for (int at = askedAt; at < logs[asked].entries().size(); at++) {
      Entry entry = logs[asked].entries().get(at);
      if (entry.keyframe() && entry.first()) {
        simulation.switchTo(logs[asked], at);
        sent = asked;
        switches++;
        switchedNanos = nanos;
        return;
      }
    }
  }
}
