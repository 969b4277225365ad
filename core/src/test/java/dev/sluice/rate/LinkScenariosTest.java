package dev.sluice.rate;

import static dev.sluice.rate.Simulation.MILLI;
import static dev.sluice.rate.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rate.SimulatedLog.Structure;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a viewer of a 2 Mbit/s stream with a keyframe each 2 s sees through links that change. */
class LinkScenariosTest {
  private static final long STREAM = 2_000_000;
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  private static Simulation simulation(long seed, Structure structure) {
    return new Simulation(new SimulatedLog(seed, structure, STREAM, GROUP), FAST, true);
  }

  private static Simulation simulation() {
    return simulation(1, Structure.IPPP);
  }

  /** fast for 5 s, slow for 20 s, then fast again for 15 s */
  private static Simulation throughSlowLink(Simulation simulation, long rate) {
    simulation.runUntil(5 * SECOND).link.rate(rate);
    simulation.runUntil(25 * SECOND).link.rate(FAST);
    return simulation.runUntil(41 * SECOND);
  }

  @Test
  void shouldLeaveFastLinkAlone() {
    Simulation simulation = simulation();
    long[] least = leastEstimate(simulation);

    simulation.runUntil(31 * SECOND);

    assertThat(simulation.withheld()).isZero();
    assertThat(simulation.shareShown(0, 30 * SECOND)).isGreaterThan(0.99);
    assertThat(least[0]).isGreaterThan(STREAM);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldShowFourPicturesOfTenThroughTwoThirdsOfTheRate(long seed) {
    Simulation simulation = throughSlowLink(simulation(seed, Structure.IPPP), 1_400_000);

    assertThat(simulation.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.4);
    assertThat(simulation.greatestBehind(8 * SECOND, 24 * SECOND)).isLessThan(600 * MILLI);
    assertThat(simulation.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(SECOND);
    assertThat(simulation.orphans()).isZero();
    assertThat(simulation.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldShowEachKeyframeAndLoseNoSoundThroughAQuarterOfTheRate(long seed) {
    Simulation simulation = throughSlowLink(simulation(seed, Structure.IPPP), 500_000);

    assertThat(simulation.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(2 * SECOND);
    assertThat(simulation.orphans()).isZero();
    assertThat(longestSilence(simulation, 8 * SECOND, 24 * SECOND)).isLessThan(200 * MILLI);
    assertThat(simulation.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @EnumSource(names = {"DISPOSABLE", "LAYERED"})
  void shouldLeaveOutOnlyWhatIsNotNeededWhereThatIsEnough(Structure structure) {
    Simulation simulation = throughSlowLink(simulation(1, structure), 1_400_000);

    assertThat(simulation.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.45);
    assertThat(simulation.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(300 * MILLI);
    assertThat(simulation.greatestBehind(8 * SECOND, 24 * SECOND)).isLessThan(300 * MILLI);
    assertThat(simulation.orphans()).isZero();
    assertThat(simulation.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({"50, 20", "1000, 20", "3000, 50", "200, 100"})
  void shouldNotDependOnTheQueueOfTheLink(long queueMillis, long delayMillis) {
    Simulation simulation = simulation();
    simulation.link.queue(queueMillis * MILLI).delay(delayMillis * MILLI);

    throughSlowLink(simulation, 1_400_000);

    assertThat(simulation.shareShown(9 * SECOND, 24 * SECOND)).isGreaterThan(0.35);
    assertThat(simulation.greatestBehind(11 * SECOND, 24 * SECOND)).isLessThan(900 * MILLI);
    assertThat(simulation.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @Test
  void shouldFindAQueueThatHoldsMoreThanIsRemembered() {
    SimulatedLog log = new SimulatedLog(30, Structure.IPPP, 4 * STREAM, 30);
    Simulation simulation = new Simulation(log, 2 * FAST, true);
    simulation.link.queue(SECOND);

    throughSlowLink(simulation, STREAM);

    assertThat(simulation.shareShown(10 * SECOND, 24 * SECOND)).isGreaterThan(0.1);
    assertThat(simulation.longestFreeze(10 * SECOND, 24 * SECOND)).isLessThan(1_500 * MILLI);
  }

  @Test
  void shouldBeginOnASlowLink() {
    Simulation simulation =
        new Simulation(new SimulatedLog(1, Structure.IPPP, STREAM, GROUP), 1_400_000, true);

    simulation.runUntil(20 * SECOND);

    assertThat(simulation.shareShown(3 * SECOND, 19 * SECOND)).isGreaterThan(0.4);
    assertThat(simulation.longestFreeze(3 * SECOND, 19 * SECOND)).isLessThan(1_100 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldNotBeStrangledByLossAlone(long seed) {
    Simulation simulation = simulation(seed, Structure.IPPP);
    long[] least = leastEstimate(simulation);
    simulation.link.loss(0.1);

    simulation.runUntil(31 * SECOND);

    assertThat(least[0]).isGreaterThan(STREAM);
    assertThat(simulation.shareShown(0, 30 * SECOND)).isGreaterThan(0.98);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldKeepWhatComesThroughLossInBursts(long seed) {
    Simulation simulation = simulation(seed, Structure.IPPP);
    simulation.link.bursts(0.01, 0.2);

    simulation.runUntil(31 * SECOND);

    assertThat(simulation.shareShown(0, 30 * SECOND)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 60, 120})
  void shouldTakeNothingAwayForARadioThatStallsNowAndThen(long stallMillis) {
    Simulation simulation = simulation();
    long[] least = leastEstimate(simulation);
    simulation.link.jitter(2 * MILLI).loss(0.01).stalls(stallMillis * MILLI, 200 * MILLI);

    simulation.runUntil(41 * SECOND);

    assertThat(least[0]).isGreaterThan(STREAM);
    assertThat(simulation.shareShown(0, 40 * SECOND)).isGreaterThan(0.98);
  }

  @Test
  void shouldMakeRoomForTrafficOfOthersAndComeBack() {
    Simulation simulation = simulation();
    simulation.link.rate(5_000_000);
    simulation.runUntil(5 * SECOND).link.crossTraffic(4_000_000);
    simulation.runUntil(25 * SECOND).link.crossTraffic(0);
    simulation.runUntil(41 * SECOND);

    assertThat(simulation.shareShown(8 * SECOND, 24 * SECOND)).isBetween(0.15, 0.6);
    assertThat(simulation.greatestBehind(10 * SECOND, 24 * SECOND)).isLessThan(1_200 * MILLI);
    assertThat(simulation.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @Test
  void shouldShowAPictureWithinASecondOfTheLinksReturn() {
    Simulation simulation = simulation().answeringKeyframeRequests();
    simulation.runUntil(5 * SECOND).setDown(true);
    simulation.runUntil(10 * SECOND);
    long sentWhenKnown = simulation.sentBytes();
    simulation.runUntil(35 * SECOND);
    long sentInVain = simulation.sentBytes() - sentWhenKnown;
    simulation.setDown(false);
    simulation.runUntil(50 * SECOND);

    assertThat(Rates.bitrate(sentInVain, 25 * SECOND)).isLessThan(0.05 * STREAM);
    assertThat(simulation.firstShownAfter(35 * SECOND)).isLessThan(SECOND);
    assertThat(simulation.shareShown(37 * SECOND, 49 * SECOND)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldNeverSendWhatRefersToSomethingThatWasNotSent(long seed) {
    Random random = new Random(seed);
    Structure structure = Structure.values()[random.nextInt(Structure.values().length)];
    SimulatedLog log = new SimulatedLog(seed, structure, STREAM, 10 + random.nextInt(150));
    Simulation simulation = new Simulation(log, FAST, true).answeringKeyframeRequests();
    simulation.link.queue(random.nextInt(500) * MILLI).jitter(random.nextInt(10) * MILLI);
    for (int i = 1; i <= 20; i++) {
      simulation.link.rate(100_000 + random.nextInt(4_000_000)).loss(0.1 * random.nextDouble());
      simulation.setDown(random.nextInt(8) == 0);
      simulation.runUntil(2 * i * SECOND);
    }

    assertThat(simulation.orphans()).isZero();
    assertThat(simulation.withheld()).isPositive();
  }

  private static long[] leastEstimate(Simulation simulation) {
    long[] least = {Long.MAX_VALUE};
    simulation.everyMilli(nanos -> least[0] = Math.min(least[0], simulation.estimate()));
    return least;
  }

  private static long longestSilence(Simulation simulation, long from, long to) {
    long longest = 0;
    long last = from;
    for (long arrival : simulation.receiver.others()) {
      if (arrival >= from && arrival < to) {
        longest = Math.max(longest, arrival - last);
        last = arrival;
      }
    }
    return Math.max(longest, to - last);
  }
}
