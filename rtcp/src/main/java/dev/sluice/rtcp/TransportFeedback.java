package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.SerialNumbers;

/**
 * Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * section 3.1): which packets arrived, by their transport-wide sequence number, and when. {@link
 * TransportFeedbackWriter} writes it.
 *
 * <p>Behind the {@link FeedbackHeader} come packet status chunks until as many packets as the
 * packet status count are covered, then the receive deltas of those that arrived, then zeros up to
 * the next 32-bit boundary:
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      base sequence number     |      packet status count      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 reference time                | fb pkt. count |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          packet chunk         |         packet chunk      ... |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         packet chunk          |  recv delta   |  recv delta   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class TransportFeedback {
  /** feedback message type, of packet type {@link RtcpHeader#RTPFB} */
  public static final int FMT = 15;

  /** the arrival time of a packet that has not arrived */
  public static final long NOT_RECEIVED = Long.MIN_VALUE;

  /** resolution of arrival times: 250 microseconds */
  public static final long TICK_NANOS = 250_000;

  /** the reference time counts these: 64 milliseconds */
  static final int TICKS_PER_REFERENCE = 256;

  static final int BASE_SEQUENCE_NUMBER_OFFSET = FeedbackHeader.LENGTH;
  static final int STATUS_COUNT_OFFSET = 14;
  static final int REFERENCE_TIME_OFFSET = 16;
  static final int FEEDBACK_COUNT_OFFSET = 19;
  static final int CHUNKS_OFFSET = 20;
  static final int CHUNK_LENGTH = 2;

  /** Takes the packets of a feedback message one by one. */
  @FunctionalInterface
  public interface ArrivalConsumer {
    /**
     * Takes one.
     *
     * @param sequenceNumber transport-wide sequence number, 0 to 65535
     * @param arrivalNanos when it arrived by the receiver's clock, which has an origin of its own
     *     and wraps after 12 days (2^24 times 64 ms), or {@link #NOT_RECEIVED}
     */
    void accept(int sequenceNumber, long arrivalNanos);
  }

  private TransportFeedback() {}

  /**
   * {@return whether the lengths hold and all packet statuses are known ones}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    if (length < CHUNKS_OFFSET) {
      return false;
    }
    int at = offset + CHUNKS_OFFSET;
    int end = offset + length;
    for (int statuses = statusCount(buffer, offset); statuses > 0; at += CHUNK_LENGTH) {
      if (at + CHUNK_LENGTH > end) {
        return false;
      }
      int chunk = BigEndian.getUnsignedShort(buffer, at);
      int symbols = Math.min(statuses, StatusChunk.symbolCount(chunk));
      int deltasLength = StatusChunk.deltasLength(chunk, symbols);
      if (deltasLength < 0 || symbols == 0) {
        return false;
      }
      statuses -= symbols;
      end -= deltasLength;
    }
    return at <= end;
  }

  /**
   * {@return the transport-wide sequence number of the first packet of the message}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int baseSequenceNumber(byte[] buffer, int offset) {
    return BigEndian.getUnsignedShort(buffer, offset + BASE_SEQUENCE_NUMBER_OFFSET);
  }

  /**
   * {@return the number of packets that the message tells of, 0 to 65535}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int statusCount(byte[] buffer, int offset) {
    return BigEndian.getUnsignedShort(buffer, offset + STATUS_COUNT_OFFSET);
  }

  /**
   * {@return the count of feedback messages sent before, modulo 256, by which lost ones are
   * noticed}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int feedbackCount(byte[] buffer, int offset) {
    return BigEndian.getUnsignedByte(buffer, offset + FEEDBACK_COUNT_OFFSET);
  }

  /**
   * Hands over each packet, in the order of sequence numbers. A message of a few bytes may tell of
   * up to 65,535.
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param consumer takes the packets
   */
  public static void forEachPacket(byte[] buffer, int offset, ArrivalConsumer consumer) {
    int sequenceNumber = baseSequenceNumber(buffer, offset);
    int statuses = statusCount(buffer, offset);
    int delta = deltasOffset(buffer, offset);
    long ticks = (long) referenceTime(buffer, offset) * TICKS_PER_REFERENCE;
    for (int at = offset + CHUNKS_OFFSET; statuses > 0; at += CHUNK_LENGTH) {
      int chunk = BigEndian.getUnsignedShort(buffer, at);
      int symbols = Math.min(statuses, StatusChunk.symbolCount(chunk));
      for (int i = 0; i < symbols; i++) {
        int symbol = StatusChunk.symbol(chunk, i);
        ticks += delta(buffer, delta, symbol);
        delta += symbol;
        consumer.accept(
            sequenceNumber, symbol == StatusChunk.NOT_RECEIVED ? NOT_RECEIVED : ticks * TICK_NANOS);
        sequenceNumber = SerialNumbers.addSequence(sequenceNumber, 1);
      }
      statuses -= symbols;
    }
  }

  /** signed, in multiples of 64 ms */
  private static int referenceTime(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + REFERENCE_TIME_OFFSET) >> 8;
  }

  private static int deltasOffset(byte[] buffer, int offset) {
    int at = offset + CHUNKS_OFFSET;
    for (int statuses = statusCount(buffer, offset); statuses > 0; at += CHUNK_LENGTH) {
      statuses -= StatusChunk.symbolCount(BigEndian.getUnsignedShort(buffer, at));
    }
    return at;
  }

  private static int delta(byte[] buffer, int at, int symbol) {
    return switch (symbol) {
      case StatusChunk.SMALL_DELTA -> BigEndian.getUnsignedByte(buffer, at);
      case StatusChunk.LARGE_DELTA -> BigEndian.getShort(buffer, at);
      default -> 0;
    };
  }
}
