package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {

  @Test
  void shouldLayOutTheFieldsOfRfc3550Section51() {
    byte[] packet = new byte[14];
    Arrays.fill(packet, (byte) 0xFF);

    RtpHeader.write(packet, 1, 96, true, 0x1234, 0x89ABCDEF, 0xCAFEBABE);

    assertThat(HexFormat.of().formatHex(packet)).isEqualTo("ff80e0123489abcdefcafebabeff");
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] packet = new byte[40];
      random.nextBytes(packet);
      int offset = random.nextInt(20);
      int payloadType = random.nextInt(128);
      boolean marker = random.nextBoolean();
      int sequenceNumber = random.nextInt(65536);
      int timestamp = random.nextInt();
      int ssrc = random.nextInt();

      RtpHeader.write(packet, offset, payloadType, marker, sequenceNumber, timestamp, ssrc);

      assertThat(RtpHeader.payloadType(packet, offset)).isEqualTo(payloadType);
      assertThat(RtpHeader.marker(packet, offset)).isEqualTo(marker);
      assertThat(RtpHeader.sequenceNumber(packet, offset)).isEqualTo(sequenceNumber);
      assertThat(RtpHeader.timestamp(packet, offset)).isEqualTo(timestamp);
      assertThat(RtpHeader.ssrc(packet, offset)).isEqualTo(ssrc);
      assertThat(RtpHeader.length(packet, offset, packet.length - offset)).isEqualTo(12);
    }
  }

  @Test
  void shouldUpdateOnlyWhatChangesFromPacketToPacket() {
    byte[] packet = new byte[16];
    RtpHeader.write(packet, 2, 127, true, 0xFFFF, -1, 0xCAFEBABE);
    packet[2] |= 0x31;

    RtpHeader.update(packet, 2, false, 0x11234, 0x89ABCDEF);
    assertThat(HexFormat.of().formatHex(packet)).isEqualTo("0000b17f123489abcdefcafebabe0000");
    RtpHeader.update(packet, 2, true, 0x1235, 0);
    assertThat(HexFormat.of().formatHex(packet)).isEqualTo("0000b1ff123500000000cafebabe0000");
  }

  @Test
  void shouldKeepFieldsThatAreTooLargeOutOfTheirNeighbours() {
    byte[] packet = new byte[12];

    RtpHeader.write(packet, 0, 0x1FF, false, 0x1FFFF, 0, 0);

    assertThat(packet).startsWith(0x80, 0x7F, 0xFF, 0xFF, 0);
  }

  @Test
  void shouldMeasureCsrcsAndExtension() {
    byte[] packet = new byte[12 + 2 * 4 + 4 + 3 * 4 + 5];
    RtpHeader.write(packet, 0, 96, false, 1, 2, 3);
    packet[0] |= 0x10 | 2;
    packet[12 + 8 + 3] = 3;

    assertThat(RtpHeader.length(packet, 0, packet.length)).isEqualTo(12 + 8 + 4 + 12);
    assertThat(RtpHeader.length(packet, 0, 36)).isEqualTo(36);
    for (int length = 0; length < 36; length++) {
      assertThat(RtpHeader.length(packet, 0, length)).as("length %d", length).isEqualTo(-1);
    }
  }

  @Test
  void shouldRefuseOtherVersions() {
    byte[] packet = new byte[12];
    for (int version : new int[] {0, 1, 3}) {
      packet[0] = (byte) (version << 6);
      assertThat(RtpHeader.length(packet, 0, 12)).isEqualTo(-1);
    }
  }

  @Test
  void shouldMeasureTheLongestExtension() {
    byte[] packet = new byte[16 + 4 * 65535];
    packet[0] = (byte) 0x90;
    packet[14] = packet[15] = (byte) 0xFF;

    assertThat(RtpHeader.length(packet, 0, packet.length)).isEqualTo(packet.length);
    assertThat(RtpHeader.length(packet, 0, packet.length - 1)).isEqualTo(-1);
  }

  @Test
  void shouldNeverReadOutsideOfThePacket() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      byte[] packet = RandomPackets.next(random);
      int header = RtpHeader.length(packet, 0, packet.length); // throws if it reads behind the end
      assertThat(header == -1 || header >= 12 && header <= packet.length).isTrue();
    }
  }

  @Test
  void shouldThrowWhenTheArrayIsTooShortToWriteTo() {
    assertThatThrownBy(() -> RtpHeader.write(new byte[12], 1, 96, false, 1, 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
