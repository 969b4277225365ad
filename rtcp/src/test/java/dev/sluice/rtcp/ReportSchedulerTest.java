package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 sections 6.2 and 6.3.1, RFC 4585 section 3.5.3. */
class ReportSchedulerTest {
  private static final long INTERVAL = ReportScheduler.DEFAULT_INTERVAL_NANOS;

  private final Random random = new Random(63);

  @Test
  void shouldSendEveryThreeSecondsByDefault() {
    assertThat(INTERVAL).isEqualTo(3_000_000_000L);
  }

  @Test
  void shouldDrawIntervalsEvenlyFromHalfToOneAndAHalf() {
    ReportScheduler scheduler = new ReportScheduler(INTERVAL, random, 0);
    int count = 20_000;
    int[] tenths = new int[10];
    long now = 0;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      scheduler.onSent(now);
      long interval = scheduler.nextTimeout() - now;
      assertThat(interval).isBetween(INTERVAL / 2, INTERVAL * 3 / 2);
      tenths[(int) Math.min(9, (interval - INTERVAL / 2) * 10 / INTERVAL)]++;
      sum += interval;
      now += interval;
    }
    assertThat(sum / count).isCloseTo(INTERVAL, within(INTERVAL / 100));
    for (int tenth : tenths) {
      assertThat(tenth).isBetween(count / 12, count / 8);
    }
  }

  @Test
  void shouldHalveTheFirstInterval() {
    long sum = 0;
    for (int i = 0; i < 5_000; i++) {
      long first = new ReportScheduler(INTERVAL, random, 77).nextTimeout() - 77;
      assertThat(first).isBetween(INTERVAL / 4, INTERVAL * 3 / 4);
      sum += first;
    }
    assertThat(sum / 5_000).isCloseTo(INTERVAL / 2, within(INTERVAL / 50));
  }

  @Test
  void shouldBeDueFromItsTimeoutOn() {
    ReportScheduler scheduler = new ReportScheduler(INTERVAL, random, 0);
    long timeout = scheduler.nextTimeout();

    assertThat(scheduler.isDue(timeout - 1)).isFalse();
    assertThat(scheduler.isDue(timeout)).isTrue();
    assertThat(scheduler.isDue(timeout + INTERVAL * 100)).isTrue();
    scheduler.onSent(timeout + 5);
    assertThat(scheduler.isDue(timeout + 5)).isFalse();
    assertThat(scheduler.nextTimeout() - timeout - 5).isBetween(INTERVAL / 2, INTERVAL * 3 / 2);
  }

  @Test
  void shouldSurviveTheWrapOfTheClock() {
    ReportScheduler scheduler = new ReportScheduler(INTERVAL, random, Long.MAX_VALUE - 1);

    assertThat(scheduler.nextTimeout()).isNegative();
    assertThat(scheduler.isDue(Long.MAX_VALUE)).isFalse();
    assertThat(scheduler.isDue(scheduler.nextTimeout())).isTrue();
  }

  @Test
  void shouldSendAThirdAtThreeSecondsOfWhatItSendsAtOne() {
    long hour = 3_600_000_000_000L;

    double ratio = (double) reportsWithin(hour, INTERVAL) / reportsWithin(hour, INTERVAL / 3);

    assertThat(ratio).isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void shouldRefuseIntervalsOutOfRange() {
    assertThatThrownBy(() -> new ReportScheduler(ReportScheduler.MIN_INTERVAL_NANOS - 1, random, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReportScheduler(ReportScheduler.MAX_INTERVAL_NANOS + 1, random, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int reportsWithin(long duration, long interval) {
    ReportScheduler scheduler = new ReportScheduler(interval, random, 0);
    int reports = 0;
    while (!(duration - scheduler.nextTimeout() < 0)) {
      scheduler.onSent(scheduler.nextTimeout());
      reports++;
    }
    return reports;
  }
}
