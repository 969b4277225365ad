package dev.sluice.codec;

import dev.sluice.rtp.PassThroughNormalizer;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.opus.OpusDuration;
import dev.sluice.rtp.opus.OpusTimeline;
import dev.sluice.sdp.FormatChoice;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Opus, whose payloads pass as they are (RFC 7587), at times that follow from their durations. */
final class OpusFormat implements TrackFormat {
  private final PassThroughNormalizer normalizer;
  private final boolean stereo;
  private final OpusTimeline timeline = new OpusTimeline();

  OpusFormat(PayloadWriter log, int maxPayload, boolean stereo) {
    this.stereo = stereo;
    normalizer = new PassThroughNormalizer(log, maxPayload);
  }

  @Override
  public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
    ByteBuf buffer = packet.buffer();
    int offset = packet.payloadOffset();
    int length = packet.payloadLength();
    int begin =
        length == 0
            ? timestamp
            : timeline.place(timestamp, OpusDuration.ticks(buffer, offset, length));
    normalizer.accept(buffer, offset, length, begin, packet.marker(), lostBefore > 0);
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
  public PayloadCounts counts() {
    return PayloadCounts.NONE;
  }

  @Override
  public FormatChoice choice() {
    return new OpusChoice(stereo);
  }
}
