package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * The header that every RTCP message starts with (RFC 3550 section 6.4).
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |  packet type  |            length             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class RtcpHeader {
  /** length of the header in bytes */
  public static final int LENGTH = 4;

  /** the only version of RTP there is */
  public static final int VERSION = 2;

  /** the largest value of the count field: report blocks, chunks or sources of one message */
  public static final int MAX_COUNT = 31;

  /** packet type of a {@link SenderReport} */
  public static final int SR = 200;

  /** packet type of a {@link ReceiverReport} */
  public static final int RR = 201;

  /** packet type of a {@link SourceDescription} */
  public static final int SDES = 202;

  /** packet type of a {@link Bye} */
  public static final int BYE = 203;

  /** packet type of an {@link App} */
  public static final int APP = 204;

  /** packet type of transport layer feedback (RFC 4585 section 6.2); count is the FMT */
  public static final int RTPFB = 205;

  /** packet type of payload-specific feedback (RFC 4585 section 6.3); count is the FMT */
  public static final int PSFB = 206;

  /** packet type of an {@link ExtendedReport} */
  public static final int XR = 207;

  static final int TYPE_OFFSET = 1;
  static final int LENGTH_OFFSET = 2;

  private static final int PADDING_FLAG = 0x20;
  static final int MAX_LENGTH = 4 << 16;
  private static final int FIRST_MUXED_TYPE = 192;
  private static final int LAST_MUXED_TYPE = 223;

  private RtcpHeader() {}

  /**
   * {@return whether a datagram is RTCP rather than RTP, where both share a port (RFC 5761 section
   * 4)}
   *
   * @param first first byte of the datagram
   * @param second second byte of the datagram
   */
  public static boolean isRtcp(byte first, byte second) {
    int type = second & 0xFF;
    return (first & 0xFF) >> 6 == VERSION && type >= FIRST_MUXED_TYPE && type <= LAST_MUXED_TYPE;
  }

  /**
   * {@return the version}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int version(byte[] buffer, int offset) {
    return (buffer[offset] & 0xFF) >> 6;
  }

  /**
   * {@return whether the message ends in padding}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static boolean hasPadding(byte[] buffer, int offset) {
    return (buffer[offset] & PADDING_FLAG) != 0;
  }

  /**
   * {@return the count of report blocks, chunks or sources, the subtype or the feedback message
   * type (FMT), 0 to 31}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int count(byte[] buffer, int offset) {
    return buffer[offset] & MAX_COUNT;
  }

  /**
   * {@return the packet type, 0 to 255}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int type(byte[] buffer, int offset) {
    return BigEndian.getUnsignedByte(buffer, offset + TYPE_OFFSET);
  }

  /**
   * {@return the length of the message in bytes, with this header and the padding}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int length(byte[] buffer, int offset) {
    return (BigEndian.getUnsignedShort(buffer, offset + LENGTH_OFFSET) + 1) << 2;
  }

  /**
   * Writes a header without padding.
   *
   * @param buffer receives the header
   * @param offset of the message
   * @param count 0 to 31
   * @param type packet type
   * @param length of the whole message in bytes, a multiple of 4
   */
  public static void write(byte[] buffer, int offset, int count, int type, int length) {
    if ((count & ~MAX_COUNT) != 0) {
      throw new IllegalArgumentException("count is not in 0..31: " + count);
    }
    if ((length & 3) != 0 || length < LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException("not the length of a message: " + length);
    }
    buffer[offset] = (byte) (VERSION << 6 | count);
    buffer[offset + TYPE_OFFSET] = (byte) type;
    BigEndian.putShort(buffer, offset + LENGTH_OFFSET, (length >> 2) - 1);
  }

  /** rounds a length up to whole 32-bit words */
  static int align(int length) {
    return (length + 3) & ~3;
  }
}
