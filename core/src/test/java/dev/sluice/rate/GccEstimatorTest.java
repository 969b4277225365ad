package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtcp.TransportFeedback;
import dev.sluice.rtcp.TransportFeedbackWriter;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GccEstimatorTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final RateLimits LIMITS = new RateLimits(1_000_000, 100_000, 50_000_000);
  private static final int PACKET = 1_200;

  private final GccEstimator estimator = new GccEstimator(LIMITS);
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final byte[] feedback = new byte[1_200];
  private int sequence = 65_500;
  private long now = 5 * SECOND;

  @Test
  void shouldBeginWithTheStart() {
    assertThat(estimator.estimate(now)).isEqualTo(1_000_000);
    assertThat(estimator.probeBytes(now, 8_000_000)).isZero();
  }

  @Test
  void shouldKnowWhatIsSentBeforeAnythingIsReported() {
    for (int i = 0; i < 1_000; i++) {
      estimator.onPacketSent(i, now, 500);
      now += MILLI;
    }
    assertThat(estimator.sentBitrate()).isBetween(3_500_000L, 4_100_000L);
  }

  @Test
  void shouldNotTakeAPauseOfThePublisherForSilenceOfTheLink() {
    sendForATenthOfASecond(0);
    estimator.onPacketSent(sequence++, now, PACKET);
    now += 5 * SECOND;
    estimator.onPacketSent(sequence++, now, PACKET);
    assertThat(estimator.estimate(now)).isPositive();
    now += 3 * SECOND;
    assertThat(estimator.estimate(now)).as("nothing came back").isZero();
  }

  @Test
  void shouldRefuseLimitsOutOfOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimits(1, 2, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimits(4, 2, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimits(0, 0, 3));
  }

  @Test
  void shouldFallToWhatArrivesWhereAQueueGrows() {
    for (int i = 0; i < 20; i++) {
      sendForATenthOfASecond(2 * i * 30 * MILLI);
    }

    assertThat(estimator.estimate(now)).isLessThan(700_000);
  }

  @Test
  void shouldRiseWhereNoneGrows() {
    for (int i = 0; i < 50; i++) {
      sendForATenthOfASecond(0);
    }

    assertThat(estimator.estimate(now)).isBetween(1_200_000L, 1_500_000L);
  }

  @Test
  void shouldTakeALongerWayForNoQueueInTheEnd() {
    for (int i = 0; i < 100; i++) {
      sendForATenthOfASecond(i < 10 ? 0 : 400 * MILLI);
    }
    long afterwards = estimator.estimate(now);
    for (int i = 0; i < 50; i++) {
      sendForATenthOfASecond(400 * MILLI);
    }

    assertThat(afterwards).isGreaterThan(LIMITS.least());
    assertThat(estimator.estimate(now)).isGreaterThan(afterwards);
  }

  @Test
  void shouldCarryNothingWhileNothingComesBackAndAskForSignsOfLife() {
    sendForATenthOfASecond(0);
    send();
    now += 1_900 * MILLI;
    assertThat(estimator.estimate(now)).as("a viewer that is busy").isPositive();
    now += 200 * MILLI;

    assertThat(estimator.estimate(now)).isZero();
    assertThat(estimator.probeBytes(now, 0)).isBetween(1, 200);
    assertThat(estimator.probeBytes(now + 50 * MILLI, 0)).isZero();
    assertThat(estimator.probeBytes(now + 100 * MILLI, 0)).isPositive();

    sendForATenthOfASecond(0);
    assertThat(estimator.estimate(now)).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  void shouldGoOnByReportsWhereFeedbackIsKeptBack() {
    sendForATenthOfASecond(0);
    for (int i = 0; i < 15; i++) {
      send();
      now += SECOND;
      estimator.onReceiverReport(now, 0, 30 * MILLI);
    }

    assertThat(estimator.estimate(now)).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  void shouldProbeWhereMoreIsWantedThanIsKnownToFit() {
    for (int i = 0; i < 15; i++) {
      sendForATenthOfASecond(0);
    }

    assertThat(estimator.probeBytes(now, 900_000)).isZero();
    assertThat(estimator.probeBytes(now, 8_000_000)).isGreaterThan(4 * PACKET);
    assertThat(estimator.probeBytes(now + 500 * MILLI, 8_000_000)).isZero();
  }

  @Test
  void shouldTakeWhatTheViewerAllowsForAsLongAsItSaysSo() {
    estimator.onRemb(now, 700_000);

    assertThat(estimator.estimate(now)).isEqualTo(700_000);
    assertThat(estimator.estimate(now + 10 * SECOND)).isEqualTo(1_000_000);

    estimator.onRemb(now, 0);
    assertThat(estimator.estimate(now)).isEqualTo(LIMITS.least());
  }

  @Test
  void shouldFallByReportsWhereMostIsLost() {
    for (int i = 0; i < 10; i++) {
      sendForASecond();
      estimator.onReceiverReport(now, 128, 50 * MILLI);
    }

    assertThat(estimator.estimate(now)).isLessThan(600_000);
  }

  @Test
  void shouldNotReadFeedbackOnMoreThanIsRemembered() {
    send();
    writer.wrap(feedback, 0, feedback.length, 1, 2, 0, 0);
    writer.add(20_000, now);
    writer.finish();

    assertThat(estimator.onTransportFeedback(now, feedback, 0)).isFalse();
  }

  @Test
  void shouldKnowNothingOfNumbersItNeverSent() {
    writer.wrap(feedback, 0, feedback.length, 1, 2, 0, 40_000);
    for (int i = 0; i < 100; i++) {
      writer.add(40_000 + i, now + i * SECOND / 100);
    }
    writer.finish();

    estimator.onTransportFeedback(now, feedback, 0);

    assertThat(estimator.estimate(now)).isBetween(LIMITS.least(), LIMITS.greatest());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldStayWithinItsLimitsWhateverAViewerReports(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt((int) (30 * MILLI));
      for (int packets = random.nextInt(5); packets > 0; packets--) {
        send();
      }
      random.nextBytes(feedback);
      int length = 20 + 4 * random.nextInt(50);
      RtcpHeader.write(feedback, 0, TransportFeedback.FMT, RtcpHeader.RTPFB, length);
      int first = sequence - random.nextInt(600);
      feedback[12] = (byte) (first >> 8);
      feedback[13] = (byte) first;
      feedback[14] = (byte) random.nextInt(2);
      if (TransportFeedback.isValid(feedback, 0, length)) {
        estimator.onTransportFeedback(now, feedback, 0);
      }
      if (random.nextInt(50) == 0) {
        estimator.onReceiverReport(now, random.nextInt(256), random.nextLong() >>> 30);
      }
      long estimate = estimator.estimate(now);
      assertThat(estimate == 0 || estimate >= LIMITS.least()).isTrue();
      assertThat(estimate).isLessThanOrEqualTo(LIMITS.greatest());
    }
  }

  @Test
  void shouldAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    sendForASecond();
    sendForASecond();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 100; i++) {
      sendForATenthOfASecond(i % 7 * MILLI);
      estimator.probeBytes(now, 100_000_000);
    }

    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(4_096);
  }

  private void sendForASecond() {
    for (int i = 0; i < 100; i++) {
      now += 10 * MILLI;
      send();
    }
  }

  /** ten packets, 960 kbit/s, all of which arrive with a delay and are reported on */
  private void sendForATenthOfASecond(long delay) {
    writer.wrap(feedback, 0, feedback.length, 1, 2, 0, sequence);
    for (int i = 0; i < 10; i++) {
      now += 10 * MILLI;
      writer.add(sequence, now + 3 * SECOND + delay);
      send();
    }
    writer.finish();
    estimator.onTransportFeedback(now, feedback, 0);
  }

  private void send() {
    estimator.onPacketSent(sequence++, now, PACKET);
  }
}
