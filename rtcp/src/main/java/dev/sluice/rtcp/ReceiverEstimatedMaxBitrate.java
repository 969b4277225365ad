package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Receiver estimated maximum bitrate, REMB (draft-alvestrand-rmcat-remb-03 section 2.2): what all
 * named sources together should not exceed. It is application layer feedback that names itself:
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Unique identifier 'R' 'E' 'M' 'B'                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Num SSRC     | BR Exp    |  BR Mantissa                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   SSRC feedback ...                                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class ReceiverEstimatedMaxBitrate {
  /** feedback message type (application layer feedback), of packet type {@link RtcpHeader#PSFB} */
  public static final int FMT = 15;

  private static final int IDENTIFIER = 'R' << 24 | 'E' << 16 | 'M' << 8 | 'B';
  private static final int IDENTIFIER_OFFSET = FeedbackHeader.LENGTH;
  private static final int COUNT_OFFSET = 16;
  private static final int SSRCS_OFFSET = 20;
  private static final int MANTISSA_BITS = 18;
  private static final int MANTISSA_MASK = (1 << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MASK = 0x3F;

  private ReceiverEstimatedMaxBitrate() {}

  /** whether application layer feedback is this message */
  static boolean isIdentified(byte[] buffer, int offset, int length) {
    return length >= COUNT_OFFSET
        && BigEndian.getInt(buffer, offset + IDENTIFIER_OFFSET) == IDENTIFIER;
  }

  /**
   * {@return whether the lengths and the count hold and the bitrate fits 63 bits}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length >= SSRCS_OFFSET
        && isIdentified(buffer, offset, length)
        && length == length(ssrcCount(buffer, offset))
        && bitrate(buffer, offset) >> exponent(buffer, offset) == mantissa(buffer, offset);
  }

  /**
   * {@return the length of a message in bytes}
   *
   * @param ssrcCount number of SSRCs it names
   */
  public static int length(int ssrcCount) {
    return SSRCS_OFFSET + 4 * ssrcCount;
  }

  /**
   * {@return the bitrate in bits per second}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static long bitrate(byte[] buffer, int offset) {
    return mantissa(buffer, offset) << exponent(buffer, offset);
  }

  /**
   * {@return the number of SSRCs named, 0 to 255}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int ssrcCount(byte[] buffer, int offset) {
    return BigEndian.getUnsignedByte(buffer, offset + COUNT_OFFSET);
  }

  /**
   * {@return an SSRC named}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param index of the SSRC
   */
  public static int ssrc(byte[] buffer, int offset, int index) {
    return BigEndian.getInt(buffer, offset + SSRCS_OFFSET + 4 * index);
  }

  /**
   * Writes a message.
   *
   * @param buffer receives the message, {@link #length} bytes
   * @param offset of the message
   * @param senderSsrc SSRC of the receiver that estimates
   * @param bitrate in bits per second, not negative; it is rounded down to 18 significant bits
   * @param ssrcs sources it holds for, at most 255
   * @return the length of the message in bytes
   */
  public static int write(byte[] buffer, int offset, int senderSsrc, long bitrate, int... ssrcs) {
    if (bitrate < 0 || ssrcs.length > 0xFF) {
      throw new IllegalArgumentException("bitrate " + bitrate + ", SSRCs " + ssrcs.length);
    }
    int length = length(ssrcs.length);
    FeedbackHeader.write(buffer, offset, FMT, RtcpHeader.PSFB, length, senderSsrc, 0);
    BigEndian.putInt(buffer, offset + IDENTIFIER_OFFSET, IDENTIFIER);
    int significant = Long.SIZE - Long.numberOfLeadingZeros(bitrate);
    int exponent = Math.max(0, significant - MANTISSA_BITS);
    int mantissa = (int) (bitrate >> exponent);
    BigEndian.putInt(
        buffer, offset + COUNT_OFFSET, ssrcs.length << 24 | exponent << MANTISSA_BITS | mantissa);
    for (int i = 0; i < ssrcs.length; i++) {
      BigEndian.putInt(buffer, offset + SSRCS_OFFSET + 4 * i, ssrcs[i]);
    }
    return length;
  }

  private static int exponent(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + COUNT_OFFSET) >> MANTISSA_BITS & EXPONENT_MASK;
  }

  private static long mantissa(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + COUNT_OFFSET) & MANTISSA_MASK;
  }
}
