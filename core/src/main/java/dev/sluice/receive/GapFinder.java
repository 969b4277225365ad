package dev.sluice.receive;

import dev.sluice.rtp.SerialNumbers;

/**
 * Finds the sequence numbers that a packet shows to be missing, each once, so that they can be
 * asked for again. A gap larger than {@link #MAX_GAP} is no loss that a retransmission would mend.
 * A sequence that jumps is followed from its second packet on.
 */
final class GapFinder {
  static final int MAX_GAP = 64;
  private static final int NONE = -1;

  private final int[] missing = new int[MAX_GAP];
  private int newest;
  private int candidateNext = NONE;

  /**
   * Makes a finder.
   *
   * @param first sequence number of the source's first packet
   */
  GapFinder(int first) {
    newest = first;
  }

  /** {@return the numbers that the last call of {@link #find} found, in order} */
  int[] missing() {
    return missing;
  }

  /**
   * Takes note of a packet.
   *
   * @return how many numbers it shows to be missing
   */
  int find(int sequenceNumber) {
    int distance = SerialNumbers.sequenceDistance(newest, sequenceNumber);
    if (SerialNumbers.isJump(distance - 1)) {
      return jump(sequenceNumber);
    }
    candidateNext = NONE;
    if (distance <= 0) {
      return 0;
    }
    int first = newest;
    newest = sequenceNumber;
    int count = distance - 1;
    if (count > MAX_GAP) {
      return 0;
    }
    for (int i = 0; i < count; i++) {
      missing[i] = SerialNumbers.addSequence(first, i + 1);
    }
    return count;
  }

  private int jump(int sequenceNumber) {
    if (sequenceNumber == candidateNext) {
      newest = sequenceNumber;
    }
    candidateNext = SerialNumbers.addSequence(sequenceNumber, 1);
    return 0;
  }
}
