package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes is refused by its tag or opened to what was sealed, and nothing is thrown. */
class SrtpFuzzTest {
  private static final int OVERHEAD = 20;
  private static final int RTCP_HEADER = 8;
  private static final int VERSION_2 = 0x80;

  private static final Map<SrtpProfile, SrtpKeys> KEYS = new EnumMap<>(SrtpProfile.class);
  private static final Map<SrtpProfile, SrtpReceiver> RTP = new EnumMap<>(SrtpProfile.class);
  private static final Map<SrtpProfile, SrtcpReceiver> RTCP = new EnumMap<>(SrtpProfile.class);

  static {
    Random random = new Random(3711);
    for (SrtpProfile profile : SrtpProfile.values()) {
      KEYS.put(profile, TestPackets.keys(random, profile));
      RTP.put(profile, new SrtpReceiver(KEYS.get(profile), null));
      RTCP.put(profile, new SrtcpReceiver(KEYS.get(profile), null));
    }
  }

  static Stream<byte[]> packets() {
    return Stream.of(
        TestPackets.hex("80600001000003e8cafebabe65884000", "00".repeat(20)),
        TestPackets.hex("91600001000003e8cafebabe00000001bede00011031ff00", "00".repeat(20)),
        TestPackets.receiverReport(1, 2));
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldRefuseWhatIsForged(byte @NotNull [] bytes) {
    RTP.values().forEach(receiver -> assertThat(open(receiver, bytes.clone())).isNegative());
    for (SrtcpReceiver receiver : RTCP.values()) {
      byte[] packet = bytes.clone();
      assertThat(receiver.unprotect(packet, 0, packet.length)).isNegative();
    }
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldOpenWhateverIsSealed(byte @NotNull [] bytes) {
    RtpPacket header = new RtpPacket();
    if (!header.wrap(Unpooled.wrappedBuffer(bytes))) {
      return;
    }
    int length = header.payloadOffset();
    for (SrtpKeys keys : KEYS.values()) {
      byte[] packet = Arrays.copyOf(bytes, bytes.length + OVERHEAD);
      int size =
          new SrtpSender(keys, null)
              .protect(
                  RtpHeader.sequenceNumber(bytes, 0),
                  packet,
                  0,
                  length,
                  bytes,
                  length,
                  bytes.length - length);
      byte[] sealed = Arrays.copyOf(packet, size);
      assertThat(open(new SrtpReceiver(keys, null), sealed)).isEqualTo(bytes.length);
      assertThat(Arrays.copyOf(sealed, bytes.length)).isEqualTo(bytes);
    }
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldOpenWhateverCompoundIsSealed(byte @NotNull [] bytes) {
    if (bytes.length < RTCP_HEADER || (bytes[0] & 0xC0) != VERSION_2) {
      return;
    }
    for (SrtpKeys keys : KEYS.values()) {
      byte[] sealed = TestPackets.protect(new SrtcpSender(keys, null), bytes);
      assertThat(new SrtcpReceiver(keys, null).unprotect(sealed, 0, sealed.length))
          .isEqualTo(bytes.length);
      assertThat(Arrays.copyOf(sealed, bytes.length)).isEqualTo(bytes);
    }
  }

  private static int open(SrtpReceiver receiver, byte[] packet) {
    return receiver.unprotect(packet, 0, packet.length);
  }
}
