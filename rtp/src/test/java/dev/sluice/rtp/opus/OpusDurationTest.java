package dev.sluice.rtp.opus;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6716, sections 3.1 (table 2) and 3.2. */
class OpusDurationTest {

  private static final double[] MILLISECONDS = {
    10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20,
    2.5, 5, 10, 20, 2.5, 5, 10, 20
  };

  @Test
  void shouldKnowFramesOfEveryConfiguration() {
    for (int config = 0; config < 32; config++) {
      int ticks = (int) (MILLISECONDS[config] * 48);
      assertThat(ticks(config << 3)).as("config %d", config).isEqualTo(ticks);
      assertThat(ticks(config << 3 | 1, 0)).isEqualTo(2 * ticks);
      assertThat(ticks(config << 3 | 4 | 2, 1, 0)).isEqualTo(2 * ticks);
    }
  }

  @Test
  void shouldCountFramesOfCode3() {
    assertThat(ticks(16 << 3 | 3, 48)).isEqualTo(120 * 48);
    assertThat(ticks(1 << 3 | 3, 0xC0 | 5, 0)).isEqualTo(100 * 48);
  }

  @Test
  void shouldNotKnowMalformedPackets() {
    assertThat(ticks()).isEqualTo(OpusDuration.UNKNOWN);
    assertThat(ticks(3)).isEqualTo(OpusDuration.UNKNOWN);
    assertThat(ticks(3, 0)).isEqualTo(OpusDuration.UNKNOWN);
    assertThat(ticks(3 << 3 | 3, 3)).as("180 ms").isEqualTo(OpusDuration.UNKNOWN);
  }

  @Test
  void shouldStayWithinItsLimitsForAnyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(4)];
      random.nextBytes(bytes);
      assertThat(OpusDuration.ticks(Unpooled.wrappedBuffer(bytes), 0, bytes.length))
          .isBetween(0, 120 * 48);
    }
  }

  private static int ticks(int... bytes) {
    byte[] packet = new byte[bytes.length + 1];
    for (int i = 0; i < bytes.length; i++) {
      packet[i + 1] = (byte) bytes[i];
    }
    return OpusDuration.ticks(Unpooled.wrappedBuffer(packet), 1, bytes.length);
  }
}
