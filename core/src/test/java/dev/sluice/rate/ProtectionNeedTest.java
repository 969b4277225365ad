package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtectionNeedTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long FAR = 200 * MILLISECOND;

  private final ProtectionNeed need = new ProtectionNeed();

  @Test
  void shouldProtectNothingBeforeLossIsReported() {
    assertThat(need.level()).isEqualTo(Protection.NONE);
    report(0, FAR, true);
    assertThat(need.level()).isEqualTo(Protection.NONE);
  }

  @Test
  void shouldProtectTheMoreTheMoreIsLost() {
    report(0.015, FAR, true);
    assertThat(need.level()).isEqualTo(Protection.LIGHT);
    report(0.05, FAR, true);
    assertThat(need.level()).isEqualTo(Protection.STRONG);
  }

  @Test
  void shouldNotProtectWhereARepeatComesInTime() {
    report(0.05, 99 * MILLISECOND, true);
    assertThat(need.level()).isEqualTo(Protection.NONE);
    report(0.05, -1, true);
    assertThat(need.level()).as("nobody knows").isEqualTo(Protection.NONE);
    report(0.05, 100 * MILLISECOND, true);
    assertThat(need.level()).isEqualTo(Protection.STRONG);
  }

  @Test
  void shouldNotProtectOnALinkWithoutRoom() {
    report(0.05, FAR, false);
    assertThat(need.level()).isEqualTo(Protection.NONE);
  }

  @Test
  void shouldGoOnWithHalfOfWhatItBeganFor() {
    report(0.05, FAR, true);
    report(0.02, FAR, true);
    report(0.02, 80 * MILLISECOND, true);
    assertThat(need.level()).isEqualTo(Protection.STRONG);
    report(0.006, FAR, true);
    report(0.006, FAR, true);
    report(0.006, FAR, true);
    assertThat(need.level()).isEqualTo(Protection.LIGHT);
    report(0, FAR, true);
    assertThat(need.level()).isEqualTo(Protection.NONE);
  }

  @Test
  void shouldEndWhereThePathHasBecomeShort() {
    report(0.05, FAR, true);
    report(0.05, 79 * MILLISECOND, true);
    assertThat(need.level()).isEqualTo(Protection.NONE);
  }

  /** twice, as loss is smoothed */
  private void report(double loss, long roundTripNanos, boolean room) {
    need.onReport((int) Math.ceil(256 * loss), roundTripNanos, room);
    need.onReport((int) Math.ceil(256 * loss), roundTripNanos, room);
  }
}
