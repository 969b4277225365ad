package dev.sluice.codec;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.FormatChoice;
import java.nio.ByteBuffer;

/**
 * How one track's media gets into its log. Used by one thread at a time, except where a method says
 * otherwise.
 */
@SuppressWarnings("exports") // as for CodecFormat
public interface TrackFormat {

  /**
   * Takes one packet's payload.
   *
   * @param packet borrowed until the call returns
   * @param timestamp on the track's timeline
   * @param lostBefore packets missing before this one
   */
  void rtp(RtpPacket packet, int timestamp, int lostBefore);

  /**
   * Takes one frame as encoders give it.
   *
   * @param data from position to limit, both left as they are; borrowed until the call returns
   * @param timestamp on the track's timeline
   * @return whether it was well-formed
   */
  boolean frame(ByteBuffer data, int timestamp);

  /**
   * Takes one access unit of length-prefixed NAL units.
   *
   * @param data as for {@link #frame}
   * @param lengthSize bytes of each NAL unit's length
   * @param timestamp on the track's timeline
   * @return whether it was well-formed
   * @throws IllegalStateException if the codec has no NAL units
   */
  default boolean nalUnits(ByteBuffer data, int lengthSize, int timestamp) {
    throw new IllegalStateException("this track's codec has no NAL units; write frames");
  }

  /** The source ended: nothing that is held back gets a successor. */
  void end();

  /** {@return payloads dropped because they were malformed; any thread} */
  long malformed();

  /** {@return whether a picture came that is shown before one that came earlier; any thread} */
  default boolean hasReordered() {
    return false;
  }

  /** {@return what the payloads held; any thread} */
  default PayloadCounts counts() {
    return PayloadCounts.NONE;
  }

  /** {@return which of a viewer's formats fits the media, as far as it is known; any thread} */
  FormatChoice choice();
}
