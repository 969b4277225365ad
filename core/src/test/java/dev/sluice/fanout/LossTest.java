package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What viewers of a 2 Mbit/s stream see where packets are lost that a link had room for. In time is
 * what can be shown within half a second of its publishing: complete, with all that it refers to.
 */
class LossTest {
  private static final long STREAM = 2_000_000;
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;
  private static final int VIEWERS = 6;
  private static final long BEGIN = 5 * SECOND;
  private static final long END = 34 * SECOND;
  private static final long IN_TIME = 500 * MILLISECOND;

  /** of the packets in a burst, one in four is its last */
  private static final double BURST_END = 0.25;

  private static final LinkTable TABLE =
      new LinkTable("loss", "loss", "RTT", "in time", "longest freeze", "repeats", "FEC");

  private final LinkedWorld world = new LinkedWorld(GROUP, STREAM);
  private List<LinkedViewer> viewers = List.of();

  @AfterAll
  static void write() {
    TABLE.write();
  }

  @ParameterizedTest
  @CsvSource({
    "0.01,  20, 0.999",
    "0.01, 100, 0.999",
    "0.01, 200, 0.99",
    "0.05,  20, 0.999",
    "0.05, 100, 0.999",
    "0.05, 200, 0.98",
    "0.10,  20, 0.999",
    "0.10, 100, 0.999",
    "0.10, 200, 0.95"
  })
  void shouldMakeUpForRandomLoss(double loss, int roundTripMillis, double leastInTime) {
    watch(() -> world.viewer(FAST));
    viewers.forEach(viewer -> viewer.link.loss(loss));
    run(roundTripMillis);
    String name = Math.round(loss * 100) + " % at random";
    assertThat(inTime(name, roundTripMillis)).isGreaterThan(leastInTime);
  }

  @ParameterizedTest
  @CsvSource({"20, 0.999", "100, 0.99", "200, 0.96"})
  void shouldMakeUpForLossInBursts(int roundTripMillis, double leastInTime) {
    watch(() -> world.viewer(FAST));
    loseInBursts();
    run(roundTripMillis);
    assertThat(inTime("5 % in bursts", roundTripMillis)).isGreaterThan(leastInTime);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 100, 0.999",
    "0.01, 200, 0.999",
    "0.05, 100, 0.999",
    "0.05, 200, 0.995",
    "0.10, 100, 0.999",
    "0.10, 200, 0.98"
  })
  void shouldMakeUpForRandomLossInAdvance(double loss, int roundTripMillis, double leastInTime) {
    watch(() -> world.protectedViewer(FAST));
    viewers.forEach(viewer -> viewer.link.loss(loss));
    run(roundTripMillis);
    String name = Math.round(loss * 100) + " % at random, with FEC";
    assertThat(inTime(name, roundTripMillis)).isGreaterThan(leastInTime);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.997", "200, 0.975"})
  void shouldMakeUpForBurstsInAdvance(int roundTripMillis, double leastInTime) {
    watch(() -> world.protectedViewer(FAST));
    loseInBursts();
    run(roundTripMillis);
    assertThat(inTime("5 % in bursts, with FEC", roundTripMillis)).isGreaterThan(leastInTime);
  }

  private void watch(Supplier<LinkedViewer> join) {
    viewers = Stream.generate(join).limit(VIEWERS).toList();
  }

  private void loseInBursts() {
    double start = 0.05 / 0.95 * BURST_END;
    viewers.forEach(viewer -> viewer.link.bursts(start, BURST_END));
  }

  private void run(int roundTripMillis) {
    viewers.forEach(viewer -> viewer.roundTrip(roundTripMillis * MILLISECOND));
    world.runUntil(END + SECOND);
    for (LinkedViewer viewer : viewers) {
      assertThat(viewer.sender.fit().withheld()).as("taken for a link that is full").isZero();
      assertThat(viewer.shareInTime(BEGIN, END, Long.MAX_VALUE)).isGreaterThan(0.999);
    }
  }

  private double inTime(String loss, int roundTripMillis) {
    double inTime =
        viewers.stream()
            .mapToDouble(viewer -> viewer.shareInTime(BEGIN, END, IN_TIME))
            .average()
            .orElseThrow();
    long freeze =
        viewers.stream().mapToLong(viewer -> viewer.longestFreeze(BEGIN, END)).max().orElseThrow();
    double again = sum(viewer -> viewer.sender.retransmitter().resentBytes());
    double repairs = sum(viewer -> viewer.sender.fec() == null ? 0 : viewer.sender.fec().bytes());
    double rest = sum(LinkedViewer::sentBytes) - again - repairs;
    TABLE.row(
        loss,
        roundTripMillis + " ms",
        100 * inTime,
        freeze / MILLISECOND + " ms",
        100 * again / rest,
        100 * repairs / rest);
    return inTime;
  }

  private double sum(ToLongFunction<LinkedViewer> figure) {
    return viewers.stream().mapToLong(figure).sum();
  }
}
