package dev.sluice.rtp;

import java.util.Random;

/** Packets for fuzzing: mostly near enough to valid ones to reach beyond the first check. */
final class RandomPackets {

  private RandomPackets() {}

  static byte[] next(Random random) {
    byte[] packet = new byte[random.nextInt(80)];
    random.nextBytes(packet);
    if (packet.length > 0 && random.nextInt(8) != 0) {
      packet[0] = (byte) (0x80 | (packet[0] & 0x3F));
    }
    if (packet.length > 0 && random.nextBoolean()) {
      packet[0] &= (byte) 0xF3; // few CSRCs
    }
    int extension = packet.length == 0 ? 0 : RtpHeader.lengthWithCsrcs(packet[0]);
    if (packet.length >= extension + 4) {
      int form = random.nextInt(3);
      if (form != 0) {
        BigEndian.putShort(packet, extension, form == 1 ? 0xBEDE : 0x1000 | random.nextInt(16));
      }
      BigEndian.putShort(packet, extension + 2, random.nextInt(12));
    }
    if (packet.length > 0 && random.nextBoolean()) {
      packet[packet.length - 1] = (byte) random.nextInt(packet.length + 1); // padding count
    }
    return packet;
  }
}
