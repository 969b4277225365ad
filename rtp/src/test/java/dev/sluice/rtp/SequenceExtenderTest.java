package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceExtenderTest {

  private final SequenceExtender extender = new SequenceExtender();

  @Test
  void shouldContinueAcrossTheWrap() {
    long first = extender.extend(65534);

    assertThat(extender.extend(65535)).isEqualTo(first + 1);
    assertThat(extender.extend(0)).isEqualTo(first + 2);
    assertThat(extender.extend(1)).isEqualTo(first + 3);
  }

  @Test
  void shouldPlaceALatePacketFromBeforeTheWrap() {
    extender.extend(65535);
    long highest = extender.extend(2);

    assertThat(extender.extend(65534)).isEqualTo(highest - 4);
    assertThat(extender.highest()).isEqualTo(highest);
  }

  @Test
  void shouldPlacePacketsFromBeforeTheFirstWithoutGoingBelowZero() {
    long first = extender.extend(0);

    assertThat(extender.extend(65535)).isEqualTo(first - 1).isPositive();
    assertThat(extender.extend(32768)).isEqualTo(first - 32768).isPositive();
  }

  @Test
  void shouldHaveNoHighestBeforeTheFirst() {
    assertThat(extender.highest()).isEqualTo(-1);
    assertThat(extender.extend(7)).isEqualTo(65536 + 7);
    assertThat(extender.highest()).isEqualTo(65536 + 7);
  }

  @Test
  void shouldFollowAReorderedStreamThroughManyCycles() {
    Random random = new Random(8);
    long start = 65536 + random.nextInt(65536);
    extender.extend((int) (start & 0xFFFF));
    long truth = start;
    for (int i = 0; i < 500_000; i++) {
      truth += random.nextInt(3);
      long sent = Math.max(start, truth - random.nextInt(30_000));
      assertThat(extender.extend((int) (sent & 0xFFFF))).isEqualTo(sent);
    }
    assertThat(extender.highest()).isGreaterThan(start + 5 * 65536);
  }
}
