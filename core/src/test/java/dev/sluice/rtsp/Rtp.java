package dev.sluice.rtsp;

import dev.sluice.rtcp.Bye;
import dev.sluice.rtcp.SenderReport;
import java.nio.ByteBuffer;

/** Makes packets for tests. */
final class Rtp {
  static final int VIDEO = 96;
  static final int AUDIO = 97;

  private Rtp() {}

  static byte[] packet(int payloadType, int ssrc, int sequenceNumber, int payloadLength) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payloadLength);
    packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequenceNumber);
    packet.putInt(3_000 * sequenceNumber).putInt(ssrc);
    for (int i = 0; i < payloadLength; i++) {
      packet.put((byte) (sequenceNumber + i));
    }
    return packet.array();
  }

  static byte[] senderReport(int ssrc, long ntpTimestamp, int rtpTimestamp) {
    byte[] report = new byte[SenderReport.length(0)];
    SenderReport.write(report, 0, ssrc, ntpTimestamp, rtpTimestamp, 1, 1, 0);
    return report;
  }

  static byte[] bye(int ssrc) {
    byte[] bye = new byte[Bye.length(1, 0)];
    Bye.write(bye, 0, ssrc);
    return bye;
  }

  static byte[] frame(int channel, byte[] packet) {
    return ByteBuffer.allocate(4 + packet.length)
        .put((byte) '$')
        .put((byte) channel)
        .putShort((short) packet.length)
        .put(packet)
        .array();
  }
}
