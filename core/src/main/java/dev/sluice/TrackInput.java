package dev.sluice;

/**
 * Where a publisher writes the media of one track.
 *
 * <p>A track is written as RTP packets ({@link RtpInput}) or as frames ({@link FrameInput}), not as
 * both. Used by one thread at a time; that thread writes the packet log itself, without a hop or a
 * copy in between. What was written is held back until {@link #flush()}, so that everything that
 * arrived together wakes the viewers once. What is written after the publisher was closed or
 * replaced is dropped, and {@link #isClosed} tells.
 */
public interface TrackInput {

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
