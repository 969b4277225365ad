package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SsrcsTest {

  @Test
  void shouldGiveNoneTwiceAndNotZero() {
    Iterator<Integer> drawn = List.of(7, 7, 0, 7, 9, 7, 9, -1).iterator();
    Ssrcs ssrcs =
        new Ssrcs(
            new java.util.random.RandomGenerator() {
              @Override
              public long nextLong() {
                throw new UnsupportedOperationException();
              }

              @Override
              public int nextInt() {
                return drawn.next();
              }
            });
    assertThat(IntStream.range(0, 3).map(i -> ssrcs.next())).containsExactly(7, 9, -1);
  }
}
