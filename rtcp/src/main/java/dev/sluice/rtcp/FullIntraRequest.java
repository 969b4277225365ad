package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Full intra request, FIR (RFC 5104 section 4.3.1): the named sources are to send a keyframe. A
 * repetition carries the same sequence number and is not answered again.
 *
 * <p>The SSRC of the media source in the {@link FeedbackHeader} is 0; entries follow it:
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                              SSRC                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Seq nr.       |    Reserved                                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class FullIntraRequest {
  /** feedback message type, of packet type {@link RtcpHeader#PSFB} */
  public static final int FMT = 4;

  /** length in bytes of a message with one entry */
  public static final int LENGTH = FeedbackHeader.LENGTH + 8;

  private static final int ENTRY_LENGTH = 8;
  private static final int SEQUENCE_NUMBER_OFFSET = 4;

  private FullIntraRequest() {}

  /**
   * {@return whether the lengths hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length >= LENGTH && (length - FeedbackHeader.LENGTH) % ENTRY_LENGTH == 0;
  }

  /**
   * {@return the number of entries}
   *
   * @param length of the message in bytes, without padding
   */
  public static int entryCount(int length) {
    return (length - FeedbackHeader.LENGTH) / ENTRY_LENGTH;
  }

  /**
   * {@return the SSRC that is to send a keyframe}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param index of the entry
   */
  public static int ssrc(byte[] buffer, int offset, int index) {
    return BigEndian.getInt(buffer, entryOffset(offset, index));
  }

  /**
   * {@return the command sequence number, 0 to 255}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param index of the entry
   */
  public static int sequenceNumber(byte[] buffer, int offset, int index) {
    return BigEndian.getUnsignedByte(buffer, entryOffset(offset, index) + SEQUENCE_NUMBER_OFFSET);
  }

  /**
   * Writes a message with one entry.
   *
   * @param buffer receives {@link #LENGTH} bytes
   * @param offset of the message
   * @param senderSsrc SSRC of the participant that asks
   * @param ssrc that is to send a keyframe
   * @param sequenceNumber command sequence number modulo 256, one higher for each new command
   * @return {@link #LENGTH}
   */
  public static int write(byte[] buffer, int offset, int senderSsrc, int ssrc, int sequenceNumber) {
    FeedbackHeader.write(buffer, offset, FMT, RtcpHeader.PSFB, LENGTH, senderSsrc, 0);
    int entry = entryOffset(offset, 0);
    BigEndian.putInt(buffer, entry, ssrc);
    BigEndian.putInt(buffer, entry + SEQUENCE_NUMBER_OFFSET, sequenceNumber << 24);
    return LENGTH;
  }

  private static int entryOffset(int offset, int index) {
    return offset + FeedbackHeader.LENGTH + index * ENTRY_LENGTH;
  }
}
