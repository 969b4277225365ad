package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long SECOND = 1_000_000_000;
  private static final int BYTES = 1_000;

  private final RateMeter meter = new RateMeter();
  private long bytes;

  @Test
  void shouldTellTheRateOfTheLastSecond() {
    assertThat(meter.bitRate(0, 0)).isZero();
    receive(0, 3 * SECOND, SECOND / 25);
    assertThat(meter.bitRate(3 * SECOND, bytes)).isBetween(190_000L, 210_000L);
    receive(3 * SECOND, 6 * SECOND, SECOND / 50);
    assertThat(meter.bitRate(6 * SECOND, bytes)).isBetween(390_000L, 410_000L);
  }

  @Test
  void shouldFallWhereNothingComes() {
    receive(0, 3 * SECOND, SECOND / 25);
    assertThat(meter.bitRate(8 * SECOND, bytes)).isLessThan(40_000);
    assertThat(meter.bitRate(1_000 * SECOND, bytes)).isLessThan(210);
  }

  private void receive(long from, long to, long interval) {
    for (long now = from; now < to; now += interval) {
      bytes += BYTES;
      meter.received(now, bytes);
    }
  }
}
