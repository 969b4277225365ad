package dev.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final long LEAST = 1_000;
  private static final long MOST = 30_000;

  private final BackOff backOff = new BackOff(LEAST, MOST, new Random(1));

  @Test
  void shouldDoubleUpToTheMostAndKeepHalfOfItAtLeast() {
    for (long delay = LEAST; delay < MOST; delay *= 2) {
      assertThat(backOff.next()).isBetween(delay / 2, delay);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(backOff.next()).isBetween(MOST / 2, MOST);
    }
  }

  @Test
  void shouldBeginAnewAfterASuccess() {
    for (int i = 0; i < 10; i++) {
      backOff.next();
    }
    backOff.reset();
    assertThat(backOff.next()).isBetween(LEAST / 2, LEAST);
  }

  @Test
  void shouldWaitLongWhereAnotherTrySoonIsOfNoUse() {
    assertThat(backOff.longest()).isBetween(MOST / 2, MOST);
    assertThat(backOff.next()).as("no failure in a row").isBetween(LEAST / 2, LEAST);
  }

  @Test
  void shouldNotOverflow() {
    BackOff huge = new BackOff(Long.MAX_VALUE / 4, Long.MAX_VALUE / 2, new Random(1));
    for (int i = 0; i < 100; i++) {
      assertThat(huge.next()).isPositive();
    }
  }
}
