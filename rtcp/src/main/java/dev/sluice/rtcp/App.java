package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Application-defined message, APP (RFC 3550 section 6.7). Application-dependent data follows.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| subtype |   PT=APP=204  |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           SSRC/CSRC                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          name (ASCII)                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class App {
  private static final int SSRC_OFFSET = 4;
  private static final int NAME_OFFSET = 8;
  private static final int DATA_OFFSET = 12;

  private App() {}

  /**
   * {@return whether the length holds}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length >= DATA_OFFSET;
  }

  /**
   * {@return the length of a message in bytes}
   *
   * @param dataLength length of the data in bytes, a multiple of 4
   */
  public static int length(int dataLength) {
    return DATA_OFFSET + dataLength;
  }

  /**
   * {@return the subtype, 0 to 31}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int subtype(byte[] buffer, int offset) {
    return RtcpHeader.count(buffer, offset);
  }

  /**
   * {@return the SSRC or CSRC of the source}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int ssrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + SSRC_OFFSET);
  }

  /**
   * {@return the name, four ASCII characters with the first in the highest byte}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int name(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + NAME_OFFSET);
  }

  /**
   * {@return the offset of the data}
   *
   * @param offset of the message
   */
  public static int dataOffset(int offset) {
    return offset + DATA_OFFSET;
  }

  /**
   * {@return the length of the data in bytes}
   *
   * @param length of the message in bytes, without padding
   */
  public static int dataLength(int length) {
    return length - DATA_OFFSET;
  }

  /**
   * Writes a message without its data.
   *
   * @param buffer receives the message, {@link #length} bytes with the data
   * @param offset of the message
   * @param subtype 0 to 31
   * @param ssrc of the source
   * @param name four ASCII characters with the first in the highest byte
   * @param dataLength length in bytes, a multiple of 4, of the data that the caller writes at
   *     {@link #dataOffset}
   * @return the length of the message in bytes, with the data
   */
  public static int write(
      byte[] buffer, int offset, int subtype, int ssrc, int name, int dataLength) {
    int length = length(dataLength);
    RtcpHeader.write(buffer, offset, subtype, RtcpHeader.APP, length);
    BigEndian.putInt(buffer, offset + SSRC_OFFSET, ssrc);
    BigEndian.putInt(buffer, offset + NAME_OFFSET, name);
    return length;
  }
}
