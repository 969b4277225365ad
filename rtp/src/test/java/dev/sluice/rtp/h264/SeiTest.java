package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.nal.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** H.264 sections 7.3.2.3 and D.1.8. */
class SeiTest {

  @Test
  void shouldReadRecoveryFrameCount() {
    for (int count : new int[] {0, 1, 7, 250, 65_535}) {
      assertThat(recoveryFrameCount(Nals.recoveryPoint(count))).isEqualTo(count);
    }
  }

  @Test
  void shouldFindRecoveryPointBehindOtherMessages() {
    for (int size : new int[] {0, 1, 254, 255, 256, 700}) {
      BitWriter sei = new BitWriter();
      message(sei, 5, new byte[size]);
      message(sei, 300, new byte[] {6, 1, -1});
      message(sei, 6, new byte[] {(byte) 0b0101_0000});
      assertThat(recoveryFrameCount(sei.nal(NalUnit.SEI))).as("size %d", size).isEqualTo(1);
    }
  }

  @Test
  void shouldSayWhenThereIsNone() {
    BitWriter sei = new BitWriter();
    message(sei, 5, new byte[] {6, 1, -1});
    message(sei, 6 + 255, new byte[] {-1});
    assertThat(recoveryFrameCount(sei.nal(NalUnit.SEI))).isEqualTo(-1);
    assertThat(recoveryFrameCount(new byte[] {6})).isEqualTo(-1);
    assertThat(recoveryFrameCount(new byte[] {6, 6, 0})).isEqualTo(-1);
  }

  @Test
  void shouldSayNoneForEveryTruncation() {
    byte[] nal = Nals.recoveryPoint(65_535);
    for (int length = 1; length < 6; length++) {
      assertThat(recoveryFrameCount(Arrays.copyOf(nal, length))).isEqualTo(-1);
    }
  }

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(1);
    for (int round = 0; round < 50_000; round++) {
      byte[] nal = new byte[1 + random.nextInt(20)];
      random.nextBytes(nal);
      if (random.nextBoolean()) {
        Arrays.fill(nal, 0, random.nextInt(nal.length), (byte) 0xFF);
      }
      assertThat(recoveryFrameCount(nal)).isGreaterThanOrEqualTo(-1);
    }
  }

  private static void message(BitWriter sei, int type, byte[] payload) {
    extended(sei, type);
    extended(sei, payload.length);
    sei.bytes(payload);
  }

  private static void extended(BitWriter sei, int value) {
    int rest = value;
    for (; rest >= 255; rest -= 255) {
      sei.u(8, 255);
    }
    sei.u(8, rest);
  }

  private static int recoveryFrameCount(byte[] nal) {
    ByteBuf exact = Unpooled.wrappedBuffer(nal);
    return Sei.recoveryFrameCount(new BitReader(), exact, 0, nal.length);
  }
}
