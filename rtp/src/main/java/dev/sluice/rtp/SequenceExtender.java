package dev.sluice.rtp;

/**
 * Extends 16-bit sequence numbers to 64 bits that do not wrap around (RFC 3550, appendix A.1), each
 * to the number nearest to the highest one so far. Packets may come late or early by fewer than
 * 32,768 places.
 *
 * <p>The lower 16 bits of an extended number are the sequence number. Numbering begins in the
 * second cycle, between 65,536 and 131,071, so that packets from before the first one have a place
 * too: extended numbers are never negative.
 *
 * <p>Used by one thread at a time.
 */
public final class SequenceExtender {

  private static final long NONE = -1;

  private long highest = NONE;

  /** Creates an extender that has seen no packet. */
  public SequenceExtender() {}

  /**
   * Extends the sequence number of a packet.
   *
   * @param sequenceNumber sequence number, 0 to 65535
   * @return extended sequence number, at least 0
   */
  public long extend(int sequenceNumber) {
    if (highest == NONE) {
      highest = SerialNumbers.SEQUENCE_MODULUS + sequenceNumber;
      return highest;
    }
    long extended = highest + SerialNumbers.sequenceDistance((int) highest, sequenceNumber);
    highest = Math.max(highest, extended);
    return extended;
  }

  /** {@return the highest extended sequence number so far, or -1 before the first packet} */
  public long highest() {
    return highest;
  }
}
