package dev.sluice.benchmarks.load.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreezeWatchTest {
  private static final long MILLIS = 1_000_000;

  private final FreezeWatch watch = new FreezeWatch();

  private boolean frozenAfter(long interval) {
    for (int i = 0; i <= 30; i++) {
      assertThat(watch.frame(i * 33 * MILLIS)).as("picture %d", i).isFalse();
    }
    return watch.frame((30 * 33 + interval) * MILLIS);
  }

  @Test
  void shouldNotCountALittleLateness() {
    assertThat(frozenAfter(180)).isFalse();
  }

  @Test
  void shouldCountAPictureThatStoodStill() {
    assertThat(frozenAfter(190)).isTrue();
  }

  @Test
  void shouldNotTakeTheFirstPictureForALateOne() {
    assertThat(watch.frame(5_000 * MILLIS)).isFalse();
    assertThat(watch.frame(9_000 * MILLIS)).isFalse();
  }
}
