package dev.sluice.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtcp.TransportFeedback;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportArrivalsTest {
  private static final long MILLISECOND = 1_000_000;

  private final TransportArrivals arrivals = new TransportArrivals();
  private final Map<Integer, Long> told = new LinkedHashMap<>();

  @Test
  void shouldTellOfEachPacketOnce() {
    arrivals.onPacket(65_534, 10 * MILLISECOND);
    arrivals.onPacket(65_535, 20 * MILLISECOND);
    arrivals.onPacket(2, 30 * MILLISECOND);
    assertThat(tell()).isEqualTo(Map.of(65_534, 10L, 65_535, 20L, 2, 30L));
    assertThat(arrivals.hasNews()).isFalse();
    arrivals.onPacket(3, 40 * MILLISECOND);
    assertThat(tell()).isEqualTo(Map.of(3, 40L));
  }

  @Test
  void shouldTellAnewOfWhatCameLate() {
    arrivals.onPacket(100, 10 * MILLISECOND);
    arrivals.onPacket(102, 20 * MILLISECOND);
    tell();
    arrivals.onPacket(101, 30 * MILLISECOND);
    assertThat(tell()).isEqualTo(Map.of(101, 30L, 102, 20L));
    arrivals.onPacket(98, 40 * MILLISECOND);
    assertThat(tell()).isEqualTo(Map.of(98, 40L, 100, 10L, 101, 30L, 102, 20L));
  }

  @Test
  void shouldTellOfManyInSeveralMessages() {
    for (int i = 0; i < 1_000; i++) {
      arrivals.onPacket(i, i * 100 * MILLISECOND);
    }
    assertThat(tell()).hasSize(1_000).containsEntry(999, 99_900L);
  }

  @Test
  void shouldForgetTheOldestOfTooMany() {
    for (int i = 0; i < 3_000; i++) {
      arrivals.onPacket(i, i * MILLISECOND);
    }
    assertThat(tell()).hasSize(1_024).containsKey(2_999).doesNotContainKey(1_975);
  }

  @Test
  void shouldFollowNumbersThatJump() {
    for (int number : new int[] {0, 30_000, 1, 60_000}) {
      arrivals.onPacket(number, 10 * MILLISECOND);
      assertThat(tell()).containsKey(number);
    }
  }

  @Test
  void shouldStayWithinItsBoundsWhateverComes() {
    Random random = new Random(15);
    for (int i = 0; i < 20_000; i++) {
      arrivals.onPacket(random.nextInt(1 << 16), Math.abs(random.nextLong() >> random.nextInt(20)));
      if (random.nextInt(50) == 0) {
        tell();
        assertThat(arrivals.hasNews()).isFalse();
      }
    }
  }

  /** what the messages say, with times in milliseconds */
  private Map<Integer, Long> tell() {
    told.clear();
    byte[] buffer = new byte[1_200];
    while (arrivals.hasNews()) {
      int length = arrivals.write(buffer, 0, buffer.length, 1, 2);
      assertThat(TransportFeedback.isValid(buffer, 0, length)).isTrue();
      TransportFeedback.forEachPacket(
          buffer,
          0,
          (number, arrival) -> {
            if (arrival != TransportFeedback.NOT_RECEIVED) {
              told.put(number, arrival / MILLISECOND);
            }
          });
    }
    return told;
  }
}
