package dev.sluice;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.h264.ProfileLevelId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a codec's payloads get into the log: one implementation a codec. */
interface PayloadFormat {

  /**
   * Takes one packet's payload.
   *
   * @param timestamp on the track's timeline
   * @param lostBefore packets missing before this one
   */
  void rtp(RtpPacket packet, int timestamp, int lostBefore);

  /**
   * Takes one access unit.
   *
   * @param lengthSize bytes of each NAL unit's length, 0 for start codes
   * @return whether it was well-formed
   */
  boolean accessUnit(ByteBuffer data, int lengthSize, int timestamp);

  /** The source ended: nothing that is held back gets a successor. */
  void end();

  /** payloads dropped because they were malformed; any thread */
  long malformed();

  /** the profile that a decoder needs, as far as known; any thread */
  @Nullable ProfileLevelId profile();
}
