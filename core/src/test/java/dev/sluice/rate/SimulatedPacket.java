package dev.sluice.rate;

/**
 * A packet on its way.
 *
 * @param transportSequence transport-wide sequence number
 * @param sequence extended RTP sequence number; -1 for what is not video
 * @param logged what the log holds of it; null for what is not video
 * @param bytes on the link
 */
record SimulatedPacket(int transportSequence, long sequence, SimulatedLog.Entry logged, int bytes) {
  static SimulatedPacket other(int transportSequence, int bytes) {
    return new SimulatedPacket(transportSequence, -1, null, bytes);
  }

  boolean isVideo() {
    return logged != null;
  }
}
