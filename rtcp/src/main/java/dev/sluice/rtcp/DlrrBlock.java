package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * DLRR report block of an {@link ExtendedReport} (RFC 3611 section 4.5): for each receiver, the
 * last {@link ReceiverReferenceTimeBlock} that came from it and the delay since, from which it
 * computes its {@link RoundTripTime}.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     BT=5      |   reserved    |         block length          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       SSRC of the receiver                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         last RR (LRR)                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   delay since last RR (DLRR)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class DlrrBlock {
  /** block type */
  public static final int TYPE = 5;

  private static final int REPORT_LENGTH = 12;
  private static final int LAST_RR_OFFSET = 4;
  private static final int DELAY_SINCE_LAST_RR_OFFSET = 8;

  private DlrrBlock() {}

  /**
   * {@return the length of a block in bytes}
   *
   * @param reportCount number of receivers
   */
  public static int length(int reportCount) {
    return ExtendedReport.BLOCK_HEADER_LENGTH + reportCount * REPORT_LENGTH;
  }

  /**
   * {@return the number of receivers}
   *
   * @param buffer holds the message
   * @param block offset of the block
   */
  public static int reportCount(byte[] buffer, int block) {
    return reportCount(ExtendedReport.nextBlock(buffer, block) - block);
  }

  /**
   * {@return the SSRC of a receiver}
   *
   * @param buffer holds the message
   * @param block offset of the block
   * @param index of the receiver
   */
  public static int ssrc(byte[] buffer, int block, int index) {
    return BigEndian.getInt(buffer, block + length(index));
  }

  /**
   * {@return the compact NTP timestamp of the last receiver reference time that came from a
   * receiver; 0 when there was none}
   *
   * @param buffer holds the message
   * @param block offset of the block
   * @param index of the receiver
   */
  public static int lastRr(byte[] buffer, int block, int index) {
    return BigEndian.getInt(buffer, block + length(index) + LAST_RR_OFFSET);
  }

  /**
   * {@return the delay since then, unsigned, in 1/65536 s}
   *
   * @param buffer holds the message
   * @param block offset of the block
   * @param index of the receiver
   */
  public static int delaySinceLastRr(byte[] buffer, int block, int index) {
    return BigEndian.getInt(buffer, block + length(index) + DELAY_SINCE_LAST_RR_OFFSET);
  }

  /**
   * Writes a block without its contents.
   *
   * @param buffer receives the block, {@link #length} bytes with the contents
   * @param block offset of the block
   * @param reportCount number of receivers that the caller writes with {@link #writeReport}
   */
  public static void write(byte[] buffer, int block, int reportCount) {
    ExtendedReport.writeBlockHeader(buffer, block, TYPE, length(reportCount));
  }

  /**
   * Writes what concerns one receiver.
   *
   * @param buffer holds the message
   * @param block offset of the block
   * @param index of the receiver
   * @param ssrc of the receiver
   * @param lastRr compact NTP timestamp of its last receiver reference time, or 0
   * @param delaySinceLastRr in 1/65536 s
   */
  public static void writeReport(
      byte[] buffer, int block, int index, int ssrc, int lastRr, int delaySinceLastRr) {
    int at = block + length(index);
    BigEndian.putInt(buffer, at, ssrc);
    BigEndian.putInt(buffer, at + LAST_RR_OFFSET, lastRr);
    BigEndian.putInt(buffer, at + DELAY_SINCE_LAST_RR_OFFSET, delaySinceLastRr);
  }

  static int reportCount(int blockLength) {
    return (blockLength - ExtendedReport.BLOCK_HEADER_LENGTH) / REPORT_LENGTH;
  }
}
