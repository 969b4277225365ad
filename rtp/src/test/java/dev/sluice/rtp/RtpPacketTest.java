package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {

  private static final String FIXED = "80e0123489abcdefcafebabe";

  private final RtpPacket packet = new RtpPacket();

  @Test
  void shouldReadTheFieldsOfRfc3550Section51() {
    assertThat(packet.wrap(hex(FIXED + "010203"))).isTrue();

    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
    assertThat(packet.timestamp()).isEqualTo(0x89ABCDEF);
    assertThat(packet.ssrc()).isEqualTo(0xCAFEBABE);
    assertThat(packet.csrcCount()).isZero();
    assertThat(packet.hasExtension()).isFalse();
    assertThat(packet.extensions().next()).isFalse();
    assertThat(packet.payloadOffset()).isEqualTo(12);
    assertThat(packet.payloadLength()).isEqualTo(3);
  }

  @Test
  void shouldReadTheContributingSources() {
    assertThat(packet.wrap(hex("82" + FIXED.substring(2) + "00000001ffffffff" + "aa"))).isTrue();

    assertThat(packet.csrcCount()).isEqualTo(2);
    assertThat(packet.csrc(0)).isEqualTo(1);
    assertThat(packet.csrc(1)).isEqualTo(-1);
    assertThat(packet.payloadOffset()).isEqualTo(20);
    assertThat(packet.payloadLength()).isEqualTo(1);
    assertThatThrownBy(() -> packet.csrc(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldKeepThePaddingOutOfThePayload() {
    assertThat(packet.wrap(hex("a0" + FIXED.substring(2) + "aabb000003"))).isTrue();

    assertThat(packet.payloadLength()).isEqualTo(2);
  }

  @Test
  void shouldAcceptAPacketOfPaddingOnly() {
    assertThat(packet.wrap(hex("a0" + FIXED.substring(2) + "00000003"))).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(1);

    assertThat(packet.wrap(hex("a0" + FIXED.substring(2) + "00000004"))).isTrue();
    assertThat(packet.payloadLength()).isZero();
  }

  @Test
  void shouldRefusePaddingThatDoesNotFit() {
    String header = "a0" + FIXED.substring(2);
    assertThat(packet.wrap(hex(header))).as("no count").isFalse();
    assertThat(packet.wrap(hex(header + "aa00"))).as("count of zero").isFalse();
    assertThat(packet.wrap(hex(header + "aa03"))).as("count reaches into the header").isFalse();
  }

  @Test
  void shouldRefuseWhatIsCutShort() {
    ByteBuf whole = hex("92" + FIXED.substring(2) + "0000000100000002" + "bede0001" + "10aa0000");
    assertThat(packet.wrap(whole)).isTrue();
    for (int length = 0; length < whole.readableBytes(); length++) {
      assertThat(packet.wrap(whole.slice(0, length))).as("length %d", length).isFalse();
    }
  }

  @Test
  void shouldRefuseOtherVersions() {
    for (String first : new String[] {"00", "40", "c0"}) {
      assertThat(packet.wrap(hex(first + FIXED.substring(2)))).isFalse();
    }
  }

  @Test
  void shouldGiveAbsoluteIndicesOfADirectBufferAndLeaveItAlone() {
    ByteBuf direct = Unpooled.directBuffer(64).writeZero(7).skipBytes(7);
    direct.writeBytes(
        HexFormat.of().parseHex("90" + FIXED.substring(2) + "bede000110aa0000" + "bbcc"));
    try {
      assertThat(packet.wrap(direct)).isTrue();

      assertThat(packet.buffer()).isSameAs(direct);
      assertThat(packet.payloadOffset()).isEqualTo(7 + 20);
      assertThat(direct.getUnsignedByte(packet.payloadOffset())).isEqualTo((short) 0xBB);
      HeaderExtensionReader element = packet.extensions();
      assertThat(element.find(1)).isTrue();
      assertThat(direct.getUnsignedByte(element.offset())).isEqualTo((short) 0xAA);
      assertThat(direct.readerIndex()).isEqualTo(7);
      assertThat(direct.refCnt()).isEqualTo(1);
    } finally {
      direct.release();
    }
  }

  @Test
  void shouldAgreeWithTheHeaderFlyweight() {
    Random random = new Random(3);
    int wellFormed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = RandomPackets.next(random);
      int headerLength = RtpHeader.length(bytes, 0, bytes.length);

      if (packet.wrap(Unpooled.wrappedBuffer(bytes))) {
        wellFormed++;
        assertThat(packet.payloadOffset()).isEqualTo(headerLength);
        assertThat(packet.payloadType()).isEqualTo(RtpHeader.payloadType(bytes, 0));
        assertThat(packet.marker()).isEqualTo(RtpHeader.marker(bytes, 0));
        assertThat(packet.sequenceNumber()).isEqualTo(RtpHeader.sequenceNumber(bytes, 0));
        assertThat(packet.timestamp()).isEqualTo(RtpHeader.timestamp(bytes, 0));
        assertThat(packet.ssrc()).isEqualTo(RtpHeader.ssrc(bytes, 0));
        assertPayloadFits(bytes, headerLength);
      } else {
        boolean padded = bytes.length > 0 && (bytes[0] & 0x20) != 0;
        assertThat(headerLength == -1 || padded).isTrue();
      }
    }
    assertThat(wellFormed).isGreaterThan(20_000);
  }

  private void assertPayloadFits(byte[] bytes, int headerLength) {
    int padding = (bytes[0] & 0x20) != 0 ? bytes[bytes.length - 1] & 0xFF : 0;
    assertThat(packet.payloadLength()).isNotNegative();
    assertThat(headerLength + packet.payloadLength() + padding).isEqualTo(bytes.length);
  }

  @Test
  void shouldNeverReadOutsideOfItsSlice() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = RandomPackets.next(random);
      boolean expected = packet.wrap(Unpooled.wrappedBuffer(bytes));
      int payloadLength = packet.payloadLength();

      // the same bytes within others: what surrounds them must not matter
      byte[] surrounded = new byte[bytes.length + 300];
      random.nextBytes(surrounded);
      System.arraycopy(bytes, 0, surrounded, 100, bytes.length);
      assertThat(packet.wrap(Unpooled.wrappedBuffer(surrounded, 100, bytes.length)))
          .isEqualTo(expected);
      if (expected) {
        assertThat(packet.payloadLength()).isEqualTo(payloadLength);
      }
    }
  }

  private static ByteBuf hex(String bytes) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes));
  }
}
