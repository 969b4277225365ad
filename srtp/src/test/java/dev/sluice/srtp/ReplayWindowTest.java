package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

  @Test
  void shouldRefuseTheIndexItBeganWith() {
    ReplayWindow window = new ReplayWindow(1, 64, 1000);

    assertThat(window.isNew(1000)).isFalse();
    assertThat(window.isNew(999)).isTrue();
    assertThat(window.isNew(1001)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 100, 128, 1024})
  void shouldRefuseWhatItHasSeenAndAcceptWhatTheWindowHoldsAndItHasNot(int size) {
    Random random = new Random(size);
    for (int run = 0; run < 50; run++) {
      long first = random.nextLong(1L << 47);
      ReplayWindow window = new ReplayWindow(1, size, first);
      Set<Long> seen = new HashSet<>(Set.of(first));
      long highest = first;
      for (int i = 0; i < 2000; i++) {
        long index = Math.max(0, highest + jump(random, size));
        boolean isNew = window.isNew(index);
        if (seen.contains(index)) {
          assertThat(isNew).as("replay of %d", index).isFalse();
        } else if (index > highest - size) {
          assertThat(isNew).as("first time of %d below %d", index, highest).isTrue();
        } else if (index <= highest - size - 2 * Long.SIZE) {
          assertThat(isNew).as("too old %d below %d", index, highest).isFalse();
        }
        if (isNew) {
          window.record(index);
          seen.add(index);
          highest = Math.max(highest, index);
        }
        assertThat(window.highest()).isEqualTo(highest);
      }
    }
  }

  private static long jump(Random random, int size) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextInt(3 * size);
      case 1 -> -random.nextInt(3 * size);
      case 2 -> random.nextInt(1 << 20);
      default -> random.nextInt(12) - 8;
    };
  }

  @Test
  void shouldForgetNothingWhenItMovesByWholeWords() {
    ReplayWindow window = new ReplayWindow(1, 64, 0);
    window.record(63);
    window.record(64);
    window.record(127);

    assertThat(window.isNew(64)).isFalse();
    assertThat(window.isNew(63)).isFalse();
    assertThat(window.isNew(126)).isTrue();
    window.record(128);
    assertThat(window.isNew(65)).isTrue();
    assertThat(window.isNew(127)).isFalse();
  }
}
