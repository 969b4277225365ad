package dev.sluice.srtp;

import dev.sluice.rtp.BigEndian;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Packets and keys for tests. */
final class TestPackets {

  static final int SSRC = 0xCAFEBABE;

  private TestPackets() {}

  static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replaceAll("\\s", ""));
  }

  static String hex(byte[] bytes, int length) {
    return HexFormat.of().formatHex(bytes, 0, length);
  }

  static byte[] bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static SrtpKeys keys(RandomGenerator random, SrtpProfile profile) {
    return new SrtpKeys(
        profile, bytes(random, profile.keyLength()), bytes(random, profile.saltLength()));
  }

  static byte[] header(long index, int ssrc) {
    byte[] header = new byte[12];
    BigEndian.putInt(header, 0, 0x80600000 | (int) (index & 0xFFFF));
    BigEndian.putInt(header, 4, (int) (index * 3000));
    BigEndian.putInt(header, 8, ssrc);
    return header;
  }

  /** Protects a packet that consists of the usual header and the payload. */
  static byte[] protect(SrtpSender sender, long index, int ssrc, byte[] payload) {
    return protect(sender, index, header(index, ssrc), payload);
  }

  static byte[] protect(SrtpSender sender, long index, byte[] header, byte[] payload) {
    byte[] packet = Arrays.copyOf(header, header.length + payload.length + 16);
    int length = sender.protect(index, packet, 0, header.length, payload, 0, payload.length);
    return Arrays.copyOf(packet, length);
  }

  static byte[] protect(SrtcpSender sender, byte[] compound) {
    byte[] packet = Arrays.copyOf(compound, compound.length + 20);
    return Arrays.copyOf(packet, sender.protect(packet, 0, compound.length));
  }

  /** A receiver report with one block of arbitrary content. */
  static byte[] receiverReport(int ssrc, int content) {
    byte[] report = new byte[32];
    BigEndian.putInt(report, 0, 0x81C90007);
    BigEndian.putInt(report, 4, ssrc);
    BigEndian.putInt(report, 8, content);
    return report;
  }
}
