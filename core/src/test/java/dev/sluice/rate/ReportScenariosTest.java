package dev.sluice.rate;

import static dev.sluice.rate.Simulation.MILLI;
import static dev.sluice.rate.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rate.SimulatedLog.Structure;
import org.junit.jupiter.api.Test;

/** Where a viewer gives no transport-wide feedback: a report each second, or REMB. */
class ReportScenariosTest {
  private static final long STREAM = 2_000_000;
  private static final long FAST = 20_000_000;

  private final Simulation simulation =
      new Simulation(new SimulatedLog(1, Structure.IPPP, STREAM, 60), FAST, false);

  @Test
  void shouldLeaveFastLinkAlone() {
    simulation.link.loss(0.1);

    simulation.runUntil(31 * SECOND);

    assertThat(simulation.withheld()).isZero();
    assertThat(simulation.shareShown(0, 30 * SECOND)).isGreaterThan(0.98);
  }

  @Test
  void shouldFitTheStreamToASlowLinkByLossAndRoundTrips() {
    simulation.runUntil(5 * SECOND).link.rate(1_000_000);
    simulation.runUntil(35 * SECOND).link.rate(FAST);
    simulation.runUntil(56 * SECOND);

    assertThat(simulation.shareShown(15 * SECOND, 34 * SECOND)).isGreaterThan(0.1);
    assertThat(simulation.longestFreeze(15 * SECOND, 34 * SECOND)).isLessThan(2_500 * MILLI);
    assertThat(simulation.orphans()).isZero();
    assertThat(simulation.shareShown(47 * SECOND, 55 * SECOND)).isGreaterThan(0.9);
  }

  @Test
  void shouldTakeNothingAwayForLongRoundTripsWithoutLoss() {
    simulation.runUntil(5 * SECOND);
    for (int i = 0; i < 20; i++) {
      simulation.estimator.onReceiverReport(simulation.now(), 0, 800 * MILLI);
      simulation.runUntil((6 + i) * SECOND);
    }

    assertThat(simulation.withheld()).isZero();
    assertThat(simulation.estimate()).isGreaterThan(STREAM);
  }

  @Test
  void shouldFollowTheViewersOwnEstimate() {
    simulation.runUntil(5 * SECOND).link.rate(1_400_000);
    simulation.everyMilli(
        nanos -> {
          if (nanos % SECOND == 0) {
            simulation.estimator.onRemb(nanos, 1_300_000);
          }
        });
    simulation.runUntil(26 * SECOND);

    assertThat(simulation.shareShown(8 * SECOND, 25 * SECOND)).isGreaterThan(0.35);
    assertThat(simulation.greatestBehind(8 * SECOND, 25 * SECOND)).isLessThan(700 * MILLI);
  }
}
