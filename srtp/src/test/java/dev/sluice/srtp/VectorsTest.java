package dev.sluice.srtp;

import static dev.sluice.srtp.TestPackets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packets that the RFCs and the common test suites of SRTP publish. */
class VectorsTest {

  private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
  private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
  private static final byte[] QUID_PRO_QUO = hex("517569642070726f2071756f");
  private static final byte[] RTP =
      hex(
          "8040f17b8041f8d35501a0b2",
          "47616c6c696120657374206f6d6e697320646976697361",
          "20696e207061727465732074726573");
  private static final byte[] RTCP =
      hex(
          "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61",
          "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
  private static final int SRTCP_INDEX = 0x5d4;

  private static InboundStreams streams(SessionKeys keys, int wordLength) {
    return new InboundStreams(new GcmTransform(keys, wordLength, null), 64, 1);
  }

  @Test
  void shouldMakeTheKeyStreamOfRfc3711AppendixB2() {
    SessionKeys keys =
        new SessionKeys(
            hex("2B7E151628AED2A6ABF7158809CF4F3C"),
            new byte[20],
            hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
    SrtpTransform transform = new CounterModeTransform(keys, 10, 0, null);
    int length = 0xFF02 * 16;
    byte[] packet = new byte[length + 10];

    transform.protect(0, 0, 0, packet, 0, 0, new byte[length], 0, length);

    assertThat(Arrays.copyOf(packet, 48))
        .isEqualTo(
            hex(
                "E03EAD0935C95E80E166B16DD92B4EB4",
                "D23513162B02D0F72A43A2FE4A5F97AB",
                "41E95B3BB0A2E8DD477901E4FCA894C0"));
    assertThat(Arrays.copyOfRange(packet, length - 48, length))
        .isEqualTo(
            hex(
                "EC8CDF7398607CB0F2D21675EA9EA1E4",
                "362B7C3C6773516318A077D7FC5073AE",
                "6A2CC3787889374FBEB4C81B17BA6C44"));
  }

  /** RFC 7714, sections 16.1 and 16.2; they give session keys. */
  @ParameterizedTest
  @CsvSource({
    KEY_128
        + ", f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce",
    KEY_256
        + ", 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
        + "7aa3db36dfffd6b0f9bb7878d7a76c13",
  })
  void shouldProtectAndUnprotectTheRtpPacketsOfRfc7714(String key, String sealed) {
    SessionKeys keys = new SessionKeys(hex(key), new byte[0], QUID_PRO_QUO);
    SrtpSender sender = new SrtpSender(new GcmTransform(keys, 0, null), 0);
    SrtpReceiver receiver = new SrtpReceiver(streams(keys, 0));
    byte[] expected = hex("8040f17b8041f8d35501a0b2", sealed);
    byte[] header = Arrays.copyOf(RTP, 12);
    byte[] payload = Arrays.copyOfRange(RTP, 12, RTP.length);

    byte[] packet = TestPackets.protect(sender, 0xf17b, header, payload);
    assertThat(packet).isEqualTo(expected);

    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(RTP.length);
    assertThat(Arrays.copyOf(packet, RTP.length)).isEqualTo(RTP);
  }

  /** RFC 7714, sections 17.1 and 17.2. */
  @ParameterizedTest
  @CsvSource({
    KEY_128
        + ", 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
        + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
    KEY_256
        + ", d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de047"
        + "6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4",
  })
  void shouldProtectAndUnprotectTheRtcpPacketsOfRfc7714(String key, String sealed) {
    SessionKeys keys = new SessionKeys(hex(key), new byte[0], QUID_PRO_QUO);
    SrtcpSender sender = new SrtcpSender(new GcmTransform(keys, 4, null), 0);
    SrtcpReceiver receiver = new SrtcpReceiver(streams(keys, 4));

    byte[] packet = {};
    for (int i = 0; i <= SRTCP_INDEX; i++) {
      packet = TestPackets.protect(sender, RTCP);
    }
    assertThat(packet).isEqualTo(hex("81c8000d4d617273", sealed));

    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(RTCP.length);
    assertThat(Arrays.copyOf(packet, RTCP.length)).isEqualTo(RTCP);
  }

  /** RFC 7714, section 17.3: the E flag is not set. */
  @Test
  void shouldUnprotectTheUnencryptedRtcpPacketOfRfc7714() {
    SessionKeys keys = new SessionKeys(hex(KEY_128), new byte[0], QUID_PRO_QUO);
    SrtcpReceiver receiver = new SrtcpReceiver(streams(keys, 4));
    String tagAndIndex = "841dd9683dd78ec92ae58790125f62b3" + "000005d4";
    byte[] packet = hex(hex(RTCP, RTCP.length), tagAndIndex);

    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(RTCP.length);
    assertThat(Arrays.copyOf(packet, RTCP.length)).isEqualTo(RTCP);
  }

  /** The master keys and packets with which libsrtp and its descendants test themselves. */
  @ParameterizedTest
  @CsvSource({
    "AES_CM_128_HMAC_SHA1_80, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
    "AES_CM_128_HMAC_SHA1_32, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + "4e55dc4ce79978d88ca4d215949d2402b78d6acc",
    "AEAD_AES_128_GCM, 000102030405060708090a0b0c0d0e0f, a0a1a2a3a4a5a6a7a8a9aaab,"
        + "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
  })
  void shouldProtectTheCommonRtpPacket(
      SrtpProfile profile, String key, String salt, String sealed) {
    SrtpKeys keys = new SrtpKeys(profile, hex(key), hex(salt));
    byte[] header = hex("800f1234decafbadcafebabe");
    byte[] payload = hex("ab".repeat(16));

    byte[] packet = TestPackets.protect(new SrtpSender(keys, null), 0x1234, header, payload);

    assertThat(packet).isEqualTo(hex("800f1234decafbadcafebabe", sealed));
  }

  /** The same suites count the SRTCP index from 1. */
  @ParameterizedTest
  @CsvSource({
    "AES_CM_128_HMAC_SHA1_80, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
    "AES_CM_128_HMAC_SHA1_32, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
    "AEAD_AES_128_GCM, 000102030405060708090a0b0c0d0e0f, a0a1a2a3a4a5a6a7a8a9aaab,"
        + "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001",
  })
  void shouldProtectTheCommonRtcpPacket(
      SrtpProfile profile, String key, String salt, String sealed) {
    SrtcpSender sender = new SrtcpSender(new SrtpKeys(profile, hex(key), hex(salt)), null);
    byte[] compound = hex("81c8000bcafebabe", "ab".repeat(16));
    TestPackets.protect(sender, compound);

    assertThat(TestPackets.protect(sender, compound)).isEqualTo(hex("81c8000bcafebabe", sealed));
  }
}
