package dev.sluice.codec;

import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.FormatChoice;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A track whose payload format is one {@link MediaWriter}.
 *
 * @param writer of its media
 * @param choices what fits the media, as far as it is known; asked on any thread
 */
record WrittenTrack(MediaWriter writer, Supplier<FormatChoice> choices) implements TrackFormat {

  WrittenTrack(MediaWriter writer, FormatChoice choice) {
    this(writer, () -> choice);
  }

  @Override
  public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
    writer.accept(
        packet.buffer(),
        packet.payloadOffset(),
        packet.payloadLength(),
        timestamp,
        packet.marker(),
        lostBefore > 0);
  }

  @Override
  public boolean frame(ByteBuffer data, int timestamp) {
    return writer.frame(data, timestamp);
  }

  @Override
  public void end() {
    writer.end();
  }

  @Override
  public long malformed() {
    return writer.malformed();
  }

  @Override
  public FormatChoice choice() {
    return choices.get();
  }
}
