package dev.sluice.codec;

import dev.sluice.rtp.PassThroughNormalizer;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.FormatChoice;
import java.nio.ByteBuffer;

/** Opus, whose payloads pass as they are (RFC 7587). */
final class OpusFormat implements TrackFormat {
  private final PassThroughNormalizer normalizer;
  private final boolean stereo;

  OpusFormat(PayloadWriter log, int maxPayload, boolean stereo) {
    this.stereo = stereo;
    normalizer = new PassThroughNormalizer(log, maxPayload);
  }

  @Override
  public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
    normalizer.accept(
        packet.buffer(),
        packet.payloadOffset(),
        packet.payloadLength(),
        timestamp,
        packet.marker(),
        lostBefore > 0);
  }

  @Override
  public boolean accessUnit(ByteBuffer data, int lengthSize, int timestamp) {
    throw new IllegalStateException("access units are H.264's; write Opus as RTP packets");
  }

  @Override
  public void end() {}

  @Override
  public long malformed() {
    return normalizer.oversized();
  }

  @Override
  public FormatChoice choice() {
    return new OpusChoice(stereo);
  }
}
