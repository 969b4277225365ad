package dev.sluice.stream;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SerialNumbers;

/** Tells from sequence numbers what is missing before each packet of a host (RFC 3550, A.1). */
final class SequenceOrder {

  /** what {@link #missingBefore} returns for a packet that comes too late */
  static final int LATE = -1;

  private boolean started;
  private int ssrc;
  private int next;

  /**
   * how many packets are missing before this one; one for what is unknown where a source restarts
   */
  int missingBefore(RtpPacket packet) {
    int distance = SerialNumbers.sequenceDistance(next, packet.sequenceNumber());
    boolean restarted = started && (packet.ssrc() != ssrc || SerialNumbers.isJump(distance));
    if (started && !restarted && distance < 0) {
      return LATE;
    }
    int missing = restarted ? 1 : started ? distance : 0;
    started = true;
    ssrc = packet.ssrc();
    next = SerialNumbers.addSequence(packet.sequenceNumber(), 1);
    return missing;
  }
}
