package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.4.1 and appendix A.8. */
class InterarrivalJitterTest {
  private static final long MILLI = 1_000_000;

  @Test
  void shouldFollowTheFormulaOfTheRfc() {
    InterarrivalJitter jitter = new InterarrivalJitter(8_000);

    jitter.onPacket(1_000, 7 * MILLI);
    jitter.onPacket(1_160, 27 * MILLI);
    assertThat(jitter.value()).as("20 ms later as sent: D = 0").isZero();
    jitter.onPacket(1_320, 67 * MILLI);
    assertThat(jitter.value()).as("20 ms late: D = 160, J = 160/16").isEqualTo(10);
    jitter.onPacket(1_480, 67 * MILLI);
    assertThat(jitter.value()).as("20 ms early: D = 160, J = 10 + 150/16").isEqualTo(19);
    jitter.onPacket(1_640, 87 * MILLI);
    assertThat(jitter.value()).as("in time: D = 0, J = 19.4 - 19.4/16").isEqualTo(18);
  }

  /** appendix A.8 adds 8 before it divides, and so comes to rest just below a steady difference */
  @Test
  void shouldRoundAsTheRfcDoes() {
    InterarrivalJitter jitter = new InterarrivalJitter(8_000);
    for (int i = 0; i < 1_000; i++) {
      jitter.onPacket(i % 2 * 160, 0);
    }

    assertThat(jitter.value()).isEqualTo(159);
  }

  @Test
  void shouldStayWithinATickOfTheExactMean() {
    Random random = new Random(8);
    InterarrivalJitter jitter = new InterarrivalJitter(90_000);
    double exact = 0;
    double previousTransit = 0;
    for (int i = 0; i < 50_000; i++) {
      long arrivalTicks = i * 3_000L + random.nextInt(4_000);
      int timestamp = 0xfffff000 + i * 3_000;
      jitter.onPacket(timestamp, (arrivalTicks * 1_000_000_000L + 89_999) / 90_000);
      double transit = arrivalTicks - i * 3_000L;
      if (i > 0) {
        exact += (Math.abs(transit - previousTransit) - exact) / 16;
      }
      previousTransit = transit;
      assertThat(jitter.value()).isBetween((long) exact - 2, (long) exact + 2);
    }
  }

  @Test
  void shouldNotCareAboutTheOriginAndTheWrapOfClockAndTimestamp() {
    long expected = jitterOf(0, 0);

    assertThat(expected).isPositive();
    assertThat(jitterOf(Long.MAX_VALUE - 100 * MILLI, 0xffffff00)).isEqualTo(expected);
    assertThat(jitterOf(Long.MIN_VALUE, 0x7fffff00)).isEqualTo(expected);
    assertThat(jitterOf(-50 * MILLI, 1)).isEqualTo(expected);
  }

  @Test
  void shouldStayExactOverYears() {
    InterarrivalJitter jitter = new InterarrivalJitter(90_000);
    long year = 365L * 86_400 * 1_000 * MILLI;

    jitter.onPacket(0, 0);
    jitter.onPacket((int) (365L * 86_400 * 90_000), year);

    assertThat(jitter.value()).isZero();
  }

  @Test
  void shouldSurviveTheLargestDifference() {
    InterarrivalJitter jitter = new InterarrivalJitter(90_000);
    for (int i = 0; i < 1_000; i++) {
      jitter.onPacket(i % 2 == 0 ? 0 : Integer.MIN_VALUE, 0);
      assertThat(jitter.value()).isBetween(0L, 1L << 31);
    }
    assertThat(jitter.value()).isGreaterThan(1L << 30);
  }

  private static long jitterOf(long originNanos, int originTimestamp) {
    InterarrivalJitter jitter = new InterarrivalJitter(90_000);
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      long late = random.nextInt(10) * MILLI;
      jitter.onPacket(originTimestamp + i * 900, originNanos + i * 10 * MILLI + late);
    }
    return jitter.value();
  }
}
