package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.4 and RFC 5761 section 4. */
class RtcpHeaderTest {
  @Test
  void shouldReadItsFields() {
    byte[] bytes = Bytes.hex("ff bf ce 0102");

    assertThat(RtcpHeader.version(bytes, 1)).isEqualTo(2);
    assertThat(RtcpHeader.hasPadding(bytes, 1)).isTrue();
    assertThat(RtcpHeader.count(bytes, 1)).isEqualTo(31);
    assertThat(RtcpHeader.type(bytes, 1)).isEqualTo(RtcpHeader.PSFB);
    assertThat(RtcpHeader.length(bytes, 1)).isEqualTo(4 * (0x0102 + 1));
  }

  @Test
  void shouldReadTheLongestLength() {
    assertThat(RtcpHeader.length(Bytes.hex("80c8ffff"), 0)).isEqualTo(262_144);
  }

  @Test
  void shouldWriteItsFields() {
    byte[] bytes = new byte[6];

    RtcpHeader.write(bytes, 1, 3, RtcpHeader.BYE, 16);

    assertThat(bytes).isEqualTo(Bytes.hex("00 83 cb 0003 00"));
  }

  @Test
  void shouldRefuseFieldsThatDoNotFit() {
    byte[] bytes = new byte[4];

    assertThatThrownBy(() -> RtcpHeader.write(bytes, 0, 32, RtcpHeader.RR, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpHeader.write(bytes, 0, -1, RtcpHeader.RR, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpHeader.write(bytes, 0, 0, RtcpHeader.RR, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpHeader.write(bytes, 0, 0, RtcpHeader.RR, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpHeader.write(bytes, 0, 0, RtcpHeader.RR, 262_148))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellRtcpFromRtpOnOnePort() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        boolean expected = first >= 128 && first < 192 && second >= 192 && second <= 223;
        assertThat(RtcpHeader.isRtcp((byte) first, (byte) second)).isEqualTo(expected);
      }
    }
  }
}
