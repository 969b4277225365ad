package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Goodbye, BYE (RFC 3550 section 6.6): sources are no longer active.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    SC   |   PT=BYE=203  |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           SSRC/CSRC ...                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     length    |      reason for leaving (optional)    ...     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class Bye {
  private static final int SSRCS_OFFSET = 4;
  private static final int MAX_REASON_LENGTH = 0xFF;

  private Bye() {}

  /**
   * {@return whether the length, the count of sources and the length of the reason hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    if (length < SSRCS_OFFSET) {
      return false;
    }
    int reason = length(ssrcCount(buffer, offset), 0);
    return length == reason
        || length > reason
            && 1 + BigEndian.getUnsignedByte(buffer, offset + reason) <= length - reason;
  }

  /**
   * {@return the length of a message in bytes}
   *
   * @param ssrcCount number of sources
   * @param reasonLength length of the reason in bytes, 0 when none is given
   */
  public static int length(int ssrcCount, int reasonLength) {
    int reason = reasonLength == 0 ? 0 : RtcpHeader.align(1 + reasonLength);
    return SSRCS_OFFSET + 4 * ssrcCount + reason;
  }

  /**
   * {@return the number of sources that leave, 0 to 31}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int ssrcCount(byte[] buffer, int offset) {
    return RtcpHeader.count(buffer, offset);
  }

  /**
   * {@return the SSRC or CSRC of a source that leaves}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param index of the source
   */
  public static int ssrc(byte[] buffer, int offset, int index) {
    return BigEndian.getInt(buffer, offset + SSRCS_OFFSET + 4 * index);
  }

  /**
   * {@return the offset of the reason, UTF-8; the end of the message when none is given}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static int reasonOffset(byte[] buffer, int offset, int length) {
    return offset + Math.min(length, length(ssrcCount(buffer, offset), 0) + 1);
  }

  /**
   * {@return the length of the reason in bytes, 0 when none is given}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static int reasonLength(byte[] buffer, int offset, int length) {
    int reason = length(ssrcCount(buffer, offset), 0);
    return length == reason ? 0 : BigEndian.getUnsignedByte(buffer, offset + reason);
  }

  /**
   * Writes a message without a reason.
   *
   * @param buffer receives the message, {@link #length} bytes
   * @param offset of the message
   * @param ssrcs sources that leave, at most 31
   * @return the length of the message in bytes
   */
  public static int write(byte[] buffer, int offset, int... ssrcs) {
    return writeHeader(buffer, offset, ssrcs, 0);
  }

  /**
   * Writes a message.
   *
   * @param buffer receives the message, {@link #length} bytes
   * @param offset of the message
   * @param ssrcs sources that leave, at most 31
   * @param reason why, in UTF-8, at most 255 bytes
   * @return the length of the message in bytes
   */
  public static int write(byte[] buffer, int offset, int[] ssrcs, byte[] reason) {
    if (reason.length > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException("reason is longer than 255 bytes: " + reason.length);
    }
    int length = writeHeader(buffer, offset, ssrcs, reason.length);
    if (reason.length > 0) {
      BigEndian.putInt(buffer, offset + length - 4, 0);
      int at = reasonOffset(buffer, offset, length);
      buffer[at - 1] = (byte) reason.length;
      System.arraycopy(reason, 0, buffer, at, reason.length);
    }
    return length;
  }

  private static int writeHeader(byte[] buffer, int offset, int[] ssrcs, int reasonLength) {
    int length = length(ssrcs.length, reasonLength);
    RtcpHeader.write(buffer, offset, ssrcs.length, RtcpHeader.BYE, length);
    for (int i = 0; i < ssrcs.length; i++) {
      BigEndian.putInt(buffer, offset + SSRCS_OFFSET + 4 * i, ssrcs[i]);
    }
    return length;
  }
}
