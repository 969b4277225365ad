package dev.sluice.rate;

/**
 * Estimates what one viewer's link carries, from what is sent and what the viewer reports.
 *
 * <p>Where no transport-wide sequence numbers are negotiated, packets are counted all the same, and
 * receiver reports and REMB are what is known of them.
 */
public interface BandwidthEstimator {
  /**
   * Takes note of a packet that leaves, a repeat and padding included.
   *
   * @param sequenceNumber transport-wide sequence number, one more than that of the packet before;
   *     its lower 16 bits count
   * @param nowNanos when it leaves
   * @param bytes of the RTP packet
   */
  void onPacketSent(int sequenceNumber, long nowNanos, int bytes);

  /**
   * Takes transport-wide feedback.
   *
   * @param nowNanos when it came
   * @param buffer holds a message that {@link dev.sluice.rtcp.TransportFeedback#isValid} accepts;
   *     borrowed for the call
   * @param offset of the message
   * @return false if it tells of more packets than are remembered, and was not read
   */
  boolean onTransportFeedback(long nowNanos, byte[] buffer, int offset);

  /**
   * Takes a report block (RFC 3550, section 6.4.1).
   *
   * @param nowNanos when it came
   * @param fractionLost share of packets lost since the report before, in 1/256
   * @param roundTripNanos round trip by this report, -1 when unknown
   */
  void onReceiverReport(long nowNanos, int fractionLost, long roundTripNanos);

  /**
   * Takes the viewer's own estimate (draft-alvestrand-rmcat-remb-03).
   *
   * @param nowNanos when it came
   * @param bitrate in bits per second
   */
  void onRemb(long nowNanos, long bitrate);

  /**
   * What the link carries.
   *
   * @param nowNanos the time
   * @return bits per second; 0 while nothing comes back, so that only probes are worth sending
   */
  long estimate(long nowNanos);

  /**
   * {@return how long the newest packet that transport-wide feedback told of took until it did, in
   * nanoseconds; a small time where there is no feedback}
   */
  default long responseNanos() {
    return 0;
  }

  /** {@return bits per second that were sent before the newest report; 0 before the first one} */
  long sentBitrate();

  /**
   * How much padding to send now, all at once, to learn whether the link carries more. Asking takes
   * the wish: the next one comes later.
   *
   * @param nowNanos the time
   * @param wantedBitrate what would be sent if the link carried it
   * @return bytes of RTP packets, 0 for none
   */
  int probeBytes(long nowNanos, long wantedBitrate);
}
