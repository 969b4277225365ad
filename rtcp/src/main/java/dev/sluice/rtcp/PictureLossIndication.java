package dev.sluice.rtcp;

/**
 * Picture loss indication, PLI (RFC 4585 section 6.3.1): the decoder has lost an undefined amount
 * of coded video and asks for a way to go on, in practice for a keyframe. It is a {@link
 * FeedbackHeader} and nothing more.
 */
public final class PictureLossIndication {
  /** feedback message type, of packet type {@link RtcpHeader#PSFB} */
  public static final int FMT = 1;

  /** length in bytes */
  public static final int LENGTH = FeedbackHeader.LENGTH;

  private PictureLossIndication() {}

  /**
   * {@return whether the lengths hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length == LENGTH;
  }

  /**
   * Writes a message.
   *
   * @param buffer receives {@link #LENGTH} bytes
   * @param offset of the message
   * @param senderSsrc SSRC of the participant that asks
   * @param mediaSsrc SSRC of the video
   * @return {@link #LENGTH}
   */
  public static int write(byte[] buffer, int offset, int senderSsrc, int mediaSsrc) {
    FeedbackHeader.write(buffer, offset, FMT, RtcpHeader.PSFB, LENGTH, senderSsrc, mediaSsrc);
    return LENGTH;
  }
}
