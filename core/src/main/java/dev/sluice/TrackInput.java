package dev.sluice;

import dev.sluice.log.PacketLog;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.session.Track;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Where a publisher writes the media of one track.
 *
 * <p>Used by one thread at a time; that thread writes the packet log itself, without a hop. What
 * was written is held back until {@link #flush()}, so that everything which arrived together wakes
 * the viewers once.
 */
public final class TrackInput {
  private final PacketLog log;
  private final Track track;
  private final LongSupplier clock;
  private final RtpPacket view = new RtpPacket();

  TrackInput(PacketLog log, Track track, LongSupplier clock) {
    this.log = log;
    this.track = track;
    this.clock = clock;
  }

  /**
   * Writes an RTP packet. Packets come in sequence order; missing numbers count as lost.
   *
   * @param packet header and payload, without SRTP; borrowed until the call returns
   */
  public void writeRtp(ByteBuf packet) {
    if (view.wrap(packet)) {
      writeRtp(view);
    }
  }

  /**
   * Writes an RTP packet that was parsed already.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   */
  public void writeRtp(RtpPacket packet) {
    log.now(clock.getAsLong());
  }

  /**
   * Writes one H.264 access unit.
   *
   * @param annexB its NAL units with start codes (ITU-T H.264 annex B), from position to limit;
   *     borrowed until the call returns
   * @param timestamp in 90 kHz ticks
   */
  public void writeAccessUnit(ByteBuffer annexB, long timestamp) {
    log.now(clock.getAsLong());
  }

  /**
   * Writes one H.264 access unit of length-prefixed NAL units.
   *
   * @param nalUnits from position to limit; borrowed until the call returns
   * @param lengthSize bytes of each length field, big-endian: 1, 2 or 4
   * @param timestamp in 90 kHz ticks
   */
  public void writeNalUnits(ByteBuffer nalUnits, int lengthSize, long timestamp) {
    log.now(clock.getAsLong());
  }

  /**
   * Relates the source's RTP clock to its wall clock, so that audio and video stay in step.
   *
   * @param ntpTimestamp of the source's RTCP sender report: seconds since 1900 in 32.32 fixed point
   * @param rtpTimestamp of the same moment
   */
  public void senderReport(long ntpTimestamp, int rtpTimestamp) {}

  /** Shows viewers what was written. */
  public void flush() {
    if (log.publish()) {
      track.wake();
    }
  }
}
