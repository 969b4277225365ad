package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Receiver reference time report block of an {@link ExtendedReport} (RFC 3611 section 4.4): when a
 * receiver reports, so that it can learn the round-trip time from a {@link DlrrBlock}.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     BT=4      |   reserved    |       block length = 2        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              NTP timestamp, most significant word             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             NTP timestamp, least significant word             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class ReceiverReferenceTimeBlock {
  /** block type */
  public static final int TYPE = 4;

  /** length of the block in bytes */
  public static final int LENGTH = 12;

  private ReceiverReferenceTimeBlock() {}

  /**
   * {@return the NTP timestamp of the report}
   *
   * @param buffer holds the message
   * @param block offset of the block
   */
  public static long ntpTimestamp(byte[] buffer, int block) {
    return BigEndian.getLong(buffer, block + ExtendedReport.BLOCK_HEADER_LENGTH);
  }

  /**
   * Writes a block.
   *
   * @param buffer receives {@link #LENGTH} bytes
   * @param block offset of the block
   * @param ntpTimestamp of this report
   */
  public static void write(byte[] buffer, int block, long ntpTimestamp) {
    ExtendedReport.writeBlockHeader(buffer, block, TYPE, LENGTH);
    BigEndian.putLong(buffer, block + ExtendedReport.BLOCK_HEADER_LENGTH, ntpTimestamp);
  }
}
