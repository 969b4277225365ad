package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Receiver report, RR (RFC 3550 section 6.4.2). Its {@link ReportBlock}s, and any profile-specific
 * extension, follow. One without blocks starts a compound packet when there is nothing to report.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    RC   |   PT=RR=201   |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     SSRC of packet sender                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class ReceiverReport {
  private static final int SSRC_OFFSET = 4;
  private static final int BLOCKS_OFFSET = 8;

  private ReceiverReport() {}

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
   * {@return the SSRC of the participant that reports}
   *
   * @param buffer holds the message
   * @param offset of the message
   */
  public static int ssrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + SSRC_OFFSET);
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
   * @param ssrc of the participant that reports
   * @param blockCount number of report blocks that the caller writes at {@link #blockOffset}, 0 to
   *     31
   * @return the length of the message in bytes, with the report blocks
   */
  public static int write(byte[] buffer, int offset, int ssrc, int blockCount) {
    int length = length(blockCount);
    RtcpHeader.write(buffer, offset, blockCount, RtcpHeader.RR, length);
    BigEndian.putInt(buffer, offset + SSRC_OFFSET, ssrc);
    return length;
  }
}
