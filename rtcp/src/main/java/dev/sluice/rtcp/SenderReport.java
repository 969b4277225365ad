package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Sender report, SR (RFC 3550 section 6.4.1). Its {@link ReportBlock}s, and any profile-specific
 * extension, follow.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    RC   |   PT=SR=200   |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         SSRC of sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              NTP timestamp, most significant word             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             NTP timestamp, least significant word             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         RTP timestamp                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     sender's packet count                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      sender's octet count                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class SenderReport {
  private static final int SSRC_OFFSET = 4;
  private static final int NTP_TIMESTAMP_OFFSET = 8;
  private static final int RTP_TIMESTAMP_OFFSET = 16;
  private static final int PACKET_COUNT_OFFSET = 20;
  private static final int OCTET_COUNT_OFFSET = 24;
  private static final int BLOCKS_OFFSET = 28;

  private SenderReport() {}

  /**
   * {@return whether the length and the count of report blocks hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length >= BLOCKS_OFFSET && length >= length(RtcpHeader.count(buffer, offset));
  }

  /**
   * {@return the length of a message in bytes}
   *
   * @param blockCount number of report blocks
   */
  public static int length(int blockCount) {
    return BLOCKS_OFFSET + blockCount * ReportBlock.LENGTH;
  }

  /**
   * {@return the SSRC of the sender}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int ssrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + SSRC_OFFSET);
  }

  /**
   * {@return the NTP timestamp of the report: seconds since 1900 and, in the lower 32 bits, their
   * fraction}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static long ntpTimestamp(byte[] buffer, int offset) {
    return BigEndian.getLong(buffer, offset + NTP_TIMESTAMP_OFFSET);
  }

  /**
   * {@return the RTP timestamp of the same moment as the NTP timestamp}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int rtpTimestamp(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + RTP_TIMESTAMP_OFFSET);
  }

  /**
   * {@return the number of packets sent, modulo 2^32}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static long packetCount(byte[] buffer, int offset) {
    return BigEndian.getUnsignedInt(buffer, offset + PACKET_COUNT_OFFSET);
  }

  /**
   * {@return the number of payload bytes sent, modulo 2^32}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static long octetCount(byte[] buffer, int offset) {
    return BigEndian.getUnsignedInt(buffer, offset + OCTET_COUNT_OFFSET);
  }

  /**
   * {@return the number of report blocks, 0 to 31}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int blockCount(byte[] buffer, int offset) {
    return RtcpHeader.count(buffer, offset);
  }

  /**
   * {@return the offset of a {@link ReportBlock}}
   *
   * @param offset of the message
   * @param index of the block
   */
  public static int blockOffset(int offset, int index) {
    return offset + length(index);
  }

  /**
   * Writes a message without the contents of its report blocks.
   *
   * @param buffer receives the message, {@link #length} bytes with the report blocks
   * @param offset of the message
   * @param ssrc of the sender
   * @param ntpTimestamp of this report
   * @param rtpTimestamp of the same moment
   * @param packetCount packets sent; its lower 32 bits are written
   * @param octetCount payload bytes sent; its lower 32 bits are written
   * @param blockCount number of report blocks that the caller writes at {@link #blockOffset}, 0 to
   *     31
   * @return the length of the message in bytes, with the report blocks
   */
  public static int write(
      byte[] buffer,
      int offset,
      int ssrc,
      long ntpTimestamp,
      int rtpTimestamp,
      long packetCount,
      long octetCount,
      int blockCount) {
    int length = length(blockCount);
    RtcpHeader.write(buffer, offset, blockCount, RtcpHeader.SR, length);
    BigEndian.putInt(buffer, offset + SSRC_OFFSET, ssrc);
    BigEndian.putLong(buffer, offset + NTP_TIMESTAMP_OFFSET, ntpTimestamp);
    BigEndian.putInt(buffer, offset + RTP_TIMESTAMP_OFFSET, rtpTimestamp);
    BigEndian.putInt(buffer, offset + PACKET_COUNT_OFFSET, (int) packetCount);
    BigEndian.putInt(buffer, offset + OCTET_COUNT_OFFSET, (int) octetCount);
    return length;
  }
}
