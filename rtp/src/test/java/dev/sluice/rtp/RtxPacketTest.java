package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtxPacketTest {
  private static final int CSRCS_AND_EXTENSION = 8 + 8;

  private final RtpPacket view = new RtpPacket();

  @Test
  void shouldRestoreThePacketThatIsRepeated() {
    Random random = new Random(4588);
    for (int i = 0; i < 1_000; i++) {
      byte[] original = packet(random, 96, random.nextInt(1 << 16), 0xCAFE);
      ByteBuf again = Unpooled.wrappedBuffer(new byte[3], retransmission(original)).skipBytes(3);
      assertThat(view.wrap(again)).isTrue();
      assertThat(RtxPacket.restore(again, view, 96, 0xCAFE)).isTrue();
      assertThat(ByteBufUtil.getBytes(again)).isEqualTo(original);
    }
  }

  @Test
  void shouldLeaveWhatRepeatsNothingAsItIs() {
    for (int length = 0; length < 2; length++) {
      byte[] padding = new byte[RtpHeader.FIXED_LENGTH + length];
      RtpHeader.write(padding, 0, 97, false, 7, 0, 1);
      ByteBuf packet = Unpooled.copiedBuffer(padding);
      assertThat(view.wrap(packet)).isTrue();
      assertThat(RtxPacket.restore(packet, view, 96, 0xCAFE)).isFalse();
      assertThat(ByteBufUtil.getBytes(packet)).isEqualTo(padding);
    }
  }

  @Test
  void shouldTakePaddingForNoPayload() {
    byte[] padded = new byte[RtpHeader.FIXED_LENGTH + 4];
    RtpHeader.write(padded, 0, 97, false, 7, 0, 1);
    padded[0] |= 0x20;
    padded[padded.length - 1] = 3;
    ByteBuf packet = Unpooled.wrappedBuffer(padded);
    assertThat(view.wrap(packet)).isTrue();
    assertThat(RtxPacket.restore(packet, view, 96, 0xCAFE)).isFalse();
  }

  /** a packet with two CSRCs and an extension */
  private static byte[] packet(Random random, int type, int number, int ssrc) {
    byte[] payload = new byte[1 + random.nextInt(20)];
    random.nextBytes(payload);
    byte[] packet = new byte[RtpHeader.FIXED_LENGTH + CSRCS_AND_EXTENSION + payload.length];
    RtpHeader.write(packet, 0, type, random.nextBoolean(), number, random.nextInt(), ssrc);
    packet[0] |= 0x12;
    ByteBuffer.wrap(packet)
        .position(RtpHeader.FIXED_LENGTH)
        .putInt(random.nextInt())
        .putInt(random.nextInt())
        .putInt(0xBEDE_0001)
        .putInt(random.nextInt())
        .put(payload);
    return packet;
  }

  private static byte[] retransmission(byte[] original) {
    int header = RtpHeader.FIXED_LENGTH + CSRCS_AND_EXTENSION;
    byte[] packet = new byte[original.length + 2];
    System.arraycopy(original, 0, packet, 0, header);
    System.arraycopy(original, 2, packet, header, 2);
    System.arraycopy(original, header, packet, header + 2, original.length - header);
    packet[1] = (byte) (packet[1] & 0x80 | 97);
    byte[] own = ByteBuffer.allocate(2).putShort((short) 500).array();
    System.arraycopy(own, 0, packet, 2, 2);
    Arrays.fill(packet, RtpHeader.SSRC_OFFSET, RtpHeader.FIXED_LENGTH, (byte) 9);
    return packet;
  }
}
