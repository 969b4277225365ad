package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long PACE = 100;

  private final TokenBucket bucket = new TokenBucket(3, PACE);

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000, -1_000_000, Long.MAX_VALUE - 50, Long.MIN_VALUE})
  void shouldGiveWhatItHoldsAndThenAtItsPace(long start) {
    assertThat(takenAt(start)).isEqualTo(3);
    assertThat(takenAt(start + PACE - 1)).isZero();
    assertThat(takenAt(start + PACE)).isEqualTo(1);
    assertThat(takenAt(start + 3 * PACE)).isEqualTo(2);
    assertThat(takenAt(start + 1_000 * PACE)).isEqualTo(3);
  }

  private int takenAt(long now) {
    int taken = 0;
    while (!bucket.isEmpty(now)) {
      assertThat(bucket.take(now)).isTrue();
      taken++;
    }
    assertThat(bucket.take(now)).isFalse();
    return taken;
  }
}
