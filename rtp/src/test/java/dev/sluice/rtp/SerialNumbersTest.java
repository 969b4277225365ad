package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SerialNumbersTest {

  @Test
  void shouldMeasureTheShorterWayAround() {
    assertThat(SerialNumbers.sequenceDistance(10, 12)).isEqualTo(2);
    assertThat(SerialNumbers.sequenceDistance(12, 10)).isEqualTo(-2);
    assertThat(SerialNumbers.sequenceDistance(65535, 0)).isEqualTo(1);
    assertThat(SerialNumbers.sequenceDistance(0, 65535)).isEqualTo(-1);
    assertThat(SerialNumbers.sequenceDistance(0, 32767)).isEqualTo(32767);
    assertThat(SerialNumbers.timestampDistance(-1, 1)).isEqualTo(2);
    assertThat(SerialNumbers.timestampDistance(Integer.MAX_VALUE, Integer.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void shouldOrderAsRfc1982Section32Does() {
    assertThat(SerialNumbers.isNewerSequence(1, 0)).isTrue();
    assertThat(SerialNumbers.isNewerSequence(0, 0)).isFalse();
    assertThat(SerialNumbers.isNewerSequence(0, 65535)).isTrue();
    assertThat(SerialNumbers.isNewerSequence(32767, 0)).isTrue();
    assertThat(SerialNumbers.isNewerTimestamp(0, -1)).isTrue();
    assertThat(SerialNumbers.isNewerTimestamp(-1, 0)).isFalse();
  }

  @Test
  void shouldGiveNumbersHalfTheCircleApartNoOrder() {
    assertThat(SerialNumbers.isNewerSequence(32768, 0)).isFalse();
    assertThat(SerialNumbers.isNewerSequence(0, 32768)).isFalse();
    assertThat(SerialNumbers.isNewerTimestamp(Integer.MIN_VALUE, 0)).isFalse();
    assertThat(SerialNumbers.isNewerTimestamp(0, Integer.MIN_VALUE)).isFalse();
  }

  @Test
  void shouldUndoADistanceByAddingIt() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      int a = random.nextInt(65536);
      int b = random.nextInt(65536);
      int distance = SerialNumbers.sequenceDistance(a, b);
      assertThat(SerialNumbers.addSequence(a, distance)).isEqualTo(b);
      assertThat(distance).isBetween(-32768, 32767);
      if (Math.abs(distance) != 32768 && distance != 0) {
        assertThat(SerialNumbers.isNewerSequence(a, b))
            .isNotEqualTo(SerialNumbers.isNewerSequence(b, a));
      }
    }
  }
}
