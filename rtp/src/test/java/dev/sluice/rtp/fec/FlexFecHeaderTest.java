package dev.sluice.rtp.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.RtpHeader;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

class FlexFecHeaderTest {
  private final FlexFecHeader header = new FlexFecHeader();
  private final byte[] written = new byte[FlexFecHeader.LENGTH];

  @Test
  void shouldStandAsInTheDraft() {
    // draft-ietf-payload-flexible-fec-scheme-03, section 4.2: SSRC count 1, k = 0 and 1
    header.begin(0xCAFEBABE, 0x1FFFE);
    protect(0, 96, true, 0x01020304, 1_000);
    protect(14, 96, false, 0x01020305, 1_001);
    protect(15, 96, false, 0x01020306, 1_002);
    protect(45, 96, false, 0x01020306, 1_002);
    assertThat(hex())
        .isEqualTo("00800001" + "00000001" + "01000000" + "cafebabe" + "fffe4001" + "c0000001");
  }

  @Test
  void shouldHaveNoVersionWhereFlagsStand() {
    header.begin(1, 0);
    protect(0, 97, false, 0, 7);
    assertThat(hex()).startsWith("00610007");
  }

  @Test
  void shouldProtectNothingWhenBegunAnew() {
    header.begin(1, 0);
    protect(3, 96, true, 5, 9);
    assertThat(header.isEmpty()).isFalse();
    header.begin(2, 0);
    assertThat(header.isEmpty()).isTrue();
    assertThat(hex())
        .isEqualTo("00000000" + "00000000" + "01000000" + "00000002" + "00000000" + "80000000");
  }

  private void protect(int ahead, int payloadType, boolean marker, int timestamp, int rest) {
    byte[] packet = new byte[3 + RtpHeader.FIXED_LENGTH];
    RtpHeader.write(packet, 3, payloadType, marker, 0x1FFFE + ahead, timestamp, 0xCAFEBABE);
    header.protect(ahead, packet, 3, rest);
  }

  private String hex() {
    header.write(written, 0);
    return ByteBufUtil.hexDump(written);
  }
}
