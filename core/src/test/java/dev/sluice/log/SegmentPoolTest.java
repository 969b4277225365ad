package dev.sluice.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentPoolTest {
  private static final int SIZE = 4_096;

  private final SegmentPool pool = new SegmentPool(2 * SIZE);

  @Test
  void shouldGiveAgainWhatOfThatSizeWasGivenBack() {
    byte[] segment = pool.take(SIZE);
    pool.give(segment);
    assertThat(pool.take(SIZE / 2)).hasSize(SIZE / 2);
    assertThat(pool.take(SIZE)).isSameAs(segment);
    assertThat(pool.take(SIZE)).isNotSameAs(segment);
    assertThat(pool.usedBytes()).isEqualTo(2 * SIZE + SIZE / 2);
  }

  @Test
  void shouldKeepNoMoreThanItsLimit() {
    byte[][] taken = {pool.take(SIZE), pool.take(SIZE), pool.take(SIZE)};
    for (byte[] segment : taken) {
      pool.give(segment);
    }
    assertThat(pool.idleBytes()).isEqualTo(2 * SIZE);
    assertThat(pool.usedBytes()).isZero();
  }

  @Test
  void shouldKeepNothingOnceClosed() {
    byte[] late = pool.take(SIZE);
    pool.give(pool.take(SIZE));
    pool.close();
    assertThat(pool.idleBytes()).isZero();
    pool.give(late);
    assertThat(pool.idleBytes()).isZero();
    assertThat(pool.usedBytes()).isZero();
  }
}
