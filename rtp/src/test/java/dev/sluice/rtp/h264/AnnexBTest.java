package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** H.264 annex B. */
class AnnexBTest {

  @Test
  void shouldFindStartCodeWhereverItLies() {
    for (int length = 3; length < 40; length++) {
      for (int at = 0; at <= length - 3; at++) {
        byte[] bytes = Nals.bytes(new Random(length), length);
        bytes[at] = 0;
        bytes[at + 1] = 0;
        bytes[at + 2] = 1;
        assertFound(bytes, at);
      }
    }
  }

  @Test
  void shouldFindWhatStepByStepSearchFinds() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(3) == 0 ? bytes[i] : bytes[i] & 1);
      }
      assertFound(bytes, naive(bytes));
    }
  }

  @Test
  void shouldNotBeSlowOnZeros() {
    byte[] zeros = new byte[4_000_000];
    NalList nals = new NalList();
    assertThat(AnnexB.parse(Unpooled.wrappedBuffer(zeros), 0, zeros.length, nals)).isFalse();
    zeros[2] = 1;
    assertThat(AnnexB.parse(Unpooled.wrappedBuffer(zeros), 0, zeros.length, nals)).isTrue();
    assertThat(nals.size()).isZero();
  }

  private static void assertFound(byte[] bytes, int expected) {
    int margin = 5;
    for (boolean direct : new boolean[] {false, true}) {
      int size = margin + bytes.length;
      ByteBuf buf = direct ? Unpooled.directBuffer(size, size) : Unpooled.buffer(size, size);
      buf.setBytes(margin, bytes);
      assertThat(AnnexB.findStartCode(buf, margin, size)).isEqualTo(margin + expected);
      buf.release();
    }
  }

  private static int naive(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        return i;
      }
    }
    return bytes.length;
  }
}
