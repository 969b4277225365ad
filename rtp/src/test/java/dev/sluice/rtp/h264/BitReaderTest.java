package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.nal.BitReader;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitReaderTest {

  @Test
  void shouldReadExpGolombCodes() {
    // H.264 table 9-2
    BitReader bits = reader(0b1010_0110, 0b0100_0010, 0b1001_1000, 0b1110_0010, 0b0000_0000);
    for (int expected = 0; expected <= 7; expected++) {
      assertThat(bits.ue()).isEqualTo(expected);
    }
    assertThat(bits.failed()).isFalse();
  }

  @Test
  void shouldReadWhatBitWriterWrites() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      int[] values = random.ints(20, 0, 1 << random.nextInt(24)).toArray();
      BitWriter writer = new BitWriter();
      for (int value : values) {
        writer.ue(value).se(value).se(-value).u(32, value);
      }
      byte[] nal = writer.nal(0);
      BitReader bits = new BitReader().read(Unpooled.wrappedBuffer(nal), 1, nal.length);
      for (int value : values) {
        assertThat(bits.ue()).isEqualTo(value);
        assertThat(bits.se()).isEqualTo(value);
        assertThat(bits.se()).isEqualTo(-value);
        assertThat(bits.bits(32)).isEqualTo(value);
      }
      assertThat(bits.flag()).as("stop bit").isTrue();
      assertThat(bits.failed()).isFalse();
    }
  }

  @Test
  void shouldSkipEmulationPrevention() {
    BitReader bits = reader(0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3, 0, 3);
    int[] expected = {0, 0, 1, 0, 0, 0, 0, 3, 0, 3};
    for (int value : expected) {
      assertThat(bits.bits(8)).isEqualTo(value);
    }
    assertThat(bits.failed()).isFalse();
    bits.bit();
    assertThat(bits.failed()).isTrue();
  }

  @Test
  void shouldSkipEmulationPreventionBehindMoreZerosThanAllowed() {
    BitReader bits = reader(0, 0, 0, 3, 5);
    bits.bits(24);
    assertThat(bits.bits(8)).isEqualTo(5);
  }

  @Test
  void shouldFailAtTheEndAndStayThere() {
    BitReader bits = reader(0xFF);
    assertThat(bits.bits(9)).isZero();
    assertThat(bits.failed()).isTrue();
    assertThat(bits.ue()).isZero();
    assertThat(bits.se()).isZero();
    bits.skipBytes(Integer.MAX_VALUE);
    assertThat(bits.failed()).isTrue();
  }

  @Test
  void shouldNotEndWithEmulationPrevention() {
    BitReader bits = reader(0, 0, 3);
    bits.bits(16);
    assertThat(bits.failed()).isFalse();
    bits.bit();
    assertThat(bits.failed()).isTrue();
  }

  @Test
  void shouldRejectCodesThatAreTooLong() {
    assertThat(ueOf(new BitWriter().u(30, 0).u(1, 1).u(30, -1)).failed()).isFalse();
    assertThat(ueOf(new BitWriter().u(31, 0).u(1, 1).u(31, -1)).failed()).isTrue();
    assertThat(ueOf(new BitWriter().u(32, 0).u(32, 0).u(32, 0)).failed()).isTrue();
  }

  private static BitReader ueOf(BitWriter writer) {
    byte[] nal = writer.nal(0);
    BitReader bits = new BitReader().read(Unpooled.wrappedBuffer(nal), 1, nal.length);
    assertThat(bits.ue()).isNotNegative();
    return bits;
  }

  private static BitReader reader(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return new BitReader().read(Unpooled.wrappedBuffer(array), 0, array.length);
  }
}
