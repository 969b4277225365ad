package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * What all feedback messages start with (RFC 4585 section 6.1). Feedback control information (FCI)
 * follows.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|   FMT   |       PT      |          length               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of packet sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of media source                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class FeedbackHeader {
  /** length in bytes; the offset of the feedback control information */
  public static final int LENGTH = 12;

  static final int SENDER_SSRC_OFFSET = 4;
  static final int MEDIA_SSRC_OFFSET = 8;

  private FeedbackHeader() {}

  /**
   * {@return the SSRC of the participant that sends the feedback}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int senderSsrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + SENDER_SSRC_OFFSET);
  }

  /**
   * {@return the SSRC of the media that the feedback is about; 0 where the FCI names it}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int mediaSsrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + MEDIA_SSRC_OFFSET);
  }

  static void write(
      byte[] buffer, int offset, int fmt, int type, int length, int senderSsrc, int mediaSsrc) {
    RtcpHeader.write(buffer, offset, fmt, type, length);
    BigEndian.putInt(buffer, offset + SENDER_SSRC_OFFSET, senderSsrc);
    BigEndian.putInt(buffer, offset + MEDIA_SSRC_OFFSET, mediaSsrc);
  }
}
