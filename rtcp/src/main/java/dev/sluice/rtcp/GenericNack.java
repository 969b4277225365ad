package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.SerialNumbers;

/**
 * Generic negative acknowledgement, NACK (RFC 4585 section 6.2.1): RTP packets that were lost. Each
 * entry behind the {@link FeedbackHeader} names a packet (PID) and, in a bitmask (BLP), any of the
 * 16 that follow it; bit i of the mask, counted from the least significant, stands for PID+i+1.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            PID                |             BLP               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class GenericNack {
  /** feedback message type, of packet type {@link RtcpHeader#RTPFB} */
  public static final int FMT = 1;

  private static final int ENTRY_LENGTH = 4;
  private static final int MASK_BITS = 16;

  private GenericNack() {}

  /**
   * {@return whether the lengths hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length > FeedbackHeader.LENGTH && length % ENTRY_LENGTH == 0;
  }

  /**
   * Hands over the sequence number of each lost packet, in the order of the message. A sequence
   * number comes twice when two entries name it.
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   * @param consumer takes the sequence numbers
   */
  public static void forEachLost(byte[] buffer, int offset, int length, SequenceConsumer consumer) {
    for (int at = offset + FeedbackHeader.LENGTH; at < offset + length; at += ENTRY_LENGTH) {
      int entry = BigEndian.getInt(buffer, at);
      int sequenceNumber = entry >>> MASK_BITS;
      consumer.accept(sequenceNumber);
      for (int mask = entry & 0xFFFF; mask != 0; mask &= mask - 1) {
        int steps = 1 + Integer.numberOfTrailingZeros(mask);
        consumer.accept(SerialNumbers.addSequence(sequenceNumber, steps));
      }
    }
  }

  /**
   * {@return the length of the message that {@link #write} makes, in bytes; at most 12 + 4 for each
   * sequence number}
   *
   * @param sequenceNumbers lost packets, in ascending order, which may wrap
   * @param from index of the first
   * @param to index after the last
   */
  public static int length(int[] sequenceNumbers, int from, int to) {
    int length = FeedbackHeader.LENGTH;
    for (int i = from; i < to; i = nextEntry(sequenceNumbers, i, to)) {
      length += ENTRY_LENGTH;
    }
    return length;
  }

  /**
   * Writes a message. Sequence numbers out of order are written too, only less compactly.
   *
   * @param buffer receives the message, {@link #length} bytes
   * @param offset of the message
   * @param senderSsrc SSRC of the receiver that lost the packets
   * @param mediaSsrc SSRC of the packets
   * @param sequenceNumbers lost packets, in ascending order, which may wrap
   * @param from index of the first
   * @param to index after the last, above {@code from}
   * @return the length of the message in bytes
   */
  public static int write(
      byte[] buffer,
      int offset,
      int senderSsrc,
      int mediaSsrc,
      int[] sequenceNumbers,
      int from,
      int to) {
    if (from >= to) {
      throw new IllegalArgumentException("nothing to acknowledge: " + from + " to " + to);
    }
    int length = length(sequenceNumbers, from, to);
    FeedbackHeader.write(buffer, offset, FMT, RtcpHeader.RTPFB, length, senderSsrc, mediaSsrc);
    int at = offset + FeedbackHeader.LENGTH;
    for (int i = from; i < to; at += ENTRY_LENGTH) {
      int next = nextEntry(sequenceNumbers, i, to);
      BigEndian.putInt(buffer, at, entry(sequenceNumbers, i, next));
      i = next;
    }
    return length;
  }

  /** index of the first sequence number that the entry for the one at {@code from} cannot hold */
  private static int nextEntry(int[] sequenceNumbers, int from, int to) {
    int next = from + 1;
    while (next < to && isInMask(distance(sequenceNumbers, from, next))) {
      next++;
    }
    return next;
  }

  private static int entry(int[] sequenceNumbers, int from, int to) {
    int mask = 0;
    for (int i = from + 1; i < to; i++) {
      mask |= 1 << distance(sequenceNumbers, from, i) >> 1;
    }
    return sequenceNumbers[from] << MASK_BITS | mask;
  }

  private static boolean isInMask(int distance) {
    return distance >= 0 && distance <= MASK_BITS;
  }

  private static int distance(int[] sequenceNumbers, int from, int to) {
    return SerialNumbers.sequenceDistance(sequenceNumbers[from], sequenceNumbers[to]);
  }
}
