package dev.sluice;

import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Where a publisher writes the media of one track.
 *
 * <p>A track is written as RTP packets or as frames, not as both. Used by one thread at a time;
 * that thread writes the packet log itself, without a hop or a copy in between. What was written is
 * held back until {@link #flush()}, so that everything that arrived together wakes the viewers
 * once. What is written after the publisher was closed or replaced is dropped, and {@link
 * #isClosed} tells.
 */
public interface TrackInput {

  /**
   * Writes an RTP packet. Packets come in sequence order: missing numbers count as lost, and what
   * comes up to 100 places late is dropped. A number farther back, or 3,000 ahead, begins another
   * sequence. Where the source changes or its timestamps jump, viewers' time goes on.
   *
   * @param packet header and payload from reader to writer index, without SRTP; borrowed until the
   *     call returns
   */
  void writeRtp(ByteBuf packet);

  /**
   * Writes an RTP packet.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}, from position to limit, both left as they are
   */
  void writeRtp(ByteBuffer packet);

  /**
   * Writes an RTP packet that was parsed already.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   */
  void writeRtp(RtpPacket packet);

  /**
   * Writes an RTP packet that was put in order already, whatever its sequence number.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   * @param lostBefore packets that are missing between this one and the one before, at least 0
   * @throws IllegalArgumentException if {@code lostBefore} is negative
   */
  void writeRtp(RtpPacket packet, int lostBefore);

  /**
   * Writes one frame as encoders of the track's codec give it: where the codec has NAL units, an
   * access unit with start codes (annex B); an encoded picture; a packet or any number of samples
   * of audio. {@link dev.sluice.codec.Codec} says what each codec takes.
   *
   * @param frame from position to limit, both left as they are; borrowed until the call returns
   * @param timestamp in ticks of {@link dev.sluice.codec.Codec#clockRate()}; its lower 32 bits are
   *     used
   * @return whether it was well-formed
   */
  boolean writeFrame(ByteBuffer frame, long timestamp);

  /**
   * Writes one access unit of length-prefixed NAL units, as in MP4 files.
   *
   * @param nalUnits as for {@link #writeFrame}
   * @param lengthSize bytes of each length field, big-endian: 1, 2 or 4
   * @param timestamp as for {@link #writeFrame}
   * @return whether it was well-formed
   * @throws IllegalArgumentException for another length size
   * @throws IllegalStateException if the track's codec has no NAL units
   */
  boolean writeNalUnits(ByteBuffer nalUnits, int lengthSize, long timestamp);

  /**
   * Relates the source's RTP clock to its wall clock, so that audio and video stay in step.
   *
   * @param ntpTimestamp of the source's RTCP sender report: seconds since 1900 in 32.32 fixed point
   *     (RFC 3550, section 6.4.1)
   * @param rtpTimestamp of the same moment
   */
  void senderReport(long ntpTimestamp, int rtpTimestamp);

  /** Shows viewers what was written. */
  void flush();

  /**
   * {@return whether the publisher was closed or replaced, so that what is written is dropped; from
   * any thread}
   */
  boolean isClosed();

  /** {@return what came in so far} */
  TrackStatistics statistics();
}
