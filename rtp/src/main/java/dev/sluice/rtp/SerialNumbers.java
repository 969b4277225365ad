package dev.sluice.rtp;

/**
 * Serial-number arithmetic (RFC 1982) on the fields of RTP that wrap around: 16-bit sequence
 * numbers and 32-bit timestamps.
 *
 * <p>Of two numbers, the newer one is that which is reached from the other by fewer than half of
 * all steps forward. Numbers exactly half the circle apart have no order (RFC 1982, section 3.2):
 * neither is newer.
 */
public final class SerialNumbers {

  /** how many different sequence numbers there are: 2^16 */
  public static final int SEQUENCE_MODULUS = 1 << 16;

  private static final int SEQUENCE_MASK = SEQUENCE_MODULUS - 1;

  /**
   * how many packets may be missing before one that still continues the sequence (RFC 3550,
   * appendix A.1)
   */
  public static final int MAX_DROPOUT = 3_000;

  /** how many places late a packet may come that still belongs to the sequence (likewise) */
  public static final int MAX_MISORDER = 100;

  private SerialNumbers() {}

  /**
   * Whether a sequence number is too far from the one expected to belong to the same sequence: then
   * it is a stray one, or the first of a source that has restarted. Two such numbers in sequence
   * are a restart (RFC 3550, appendix A.1).
   *
   * @param distance steps from the number expected, as {@link #sequenceDistance} gives them
   * @return whether it is a jump
   */
  public static boolean isJump(int distance) {
    return distance >= MAX_DROPOUT || distance < -MAX_MISORDER;
  }

  /**
   * How many steps lead from one sequence number to another, the shorter way around.
   *
   * @param from sequence number to start from; its lower 16 bits count
   * @param to sequence number to reach; its lower 16 bits count
   * @return steps forward, or backward if negative: -32768 to 32767
   */
  public static int sequenceDistance(int from, int to) {
    return (short) (to - from);
  }

  /**
   * Compares two sequence numbers.
   *
   * @param a sequence number; its lower 16 bits count
   * @param b sequence number; its lower 16 bits count
   * @return whether a is newer than b
   */
  public static boolean isNewerSequence(int a, int b) {
    return sequenceDistance(b, a) > 0;
  }

  /**
   * Moves a sequence number.
   *
   * @param sequenceNumber sequence number to start from
   * @param steps how far to move; negative for backward
   * @return sequence number, 0 to 65535
   */
  public static int addSequence(int sequenceNumber, int steps) {
    return (sequenceNumber + steps) & SEQUENCE_MASK;
  }

  /**
   * How many ticks lead from one timestamp to another, the shorter way around.
   *
   * @param from timestamp to start from
   * @param to timestamp to reach
   * @return ticks forward, or backward if negative
   */
  public static int timestampDistance(int from, int to) {
    return to - from;
  }

  /**
   * Compares two timestamps.
   *
   * @param a timestamp
   * @param b timestamp
   * @return whether a is newer than b
   */
  public static boolean isNewerTimestamp(int a, int b) {
    return timestampDistance(b, a) > 0;
  }
}
