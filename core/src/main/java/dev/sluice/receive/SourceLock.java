package dev.sluice.receive;

import dev.sluice.rtp.SerialNumbers;

/**
 * Keeps a track to one RTP source at a time, so that a stray or forged packet does not disturb it.
 *
 * <p>Another source takes over when two packets of it in sequence come with none of the present one
 * between them (as RFC 3550, appendix A.1, has it), or when the present one said BYE.
 */
final class SourceLock {

  /** What a packet is to the track. */
  enum Verdict {
    /** the source that the track listens to */
    CURRENT,
    /** the track listens to this source from now on */
    NEW,
    /** likewise, and the foreign packet before was of this source and continued by this one */
    CONFIRMED,
    /** another source, not to be listened to */
    FOREIGN
  }

  private boolean locked;
  private int ssrc;
  private boolean candidate;
  private int candidateSsrc;
  private int candidateNext;

  Verdict judge(int packetSsrc, int sequenceNumber) {
    if (locked && packetSsrc == ssrc) {
      candidate = false;
      return Verdict.CURRENT;
    }
    boolean confirmed = candidate && packetSsrc == candidateSsrc && sequenceNumber == candidateNext;
    if (!locked || confirmed) {
      locked = true;
      ssrc = packetSsrc;
      candidate = false;
      return confirmed ? Verdict.CONFIRMED : Verdict.NEW;
    }
    candidate = true;
    candidateSsrc = packetSsrc;
    candidateNext = SerialNumbers.addSequence(sequenceNumber, 1);
    return Verdict.FOREIGN;
  }

  boolean isCurrent(int otherSsrc) {
    return locked && otherSsrc == ssrc;
  }

  /** The source has said that it leaves. */
  void release() {
    locked = false;
  }

  boolean isLocked() {
    return locked;
  }

  /** the source listened to; of no meaning unless {@link #isLocked()} */
  int ssrc() {
    return ssrc;
  }
}
