package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * The reception report block that sender and receiver reports share (RFC 3550 section 6.4.1).
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 SSRC of the source reported on                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | fraction lost |       cumulative number of packets lost       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           extended highest sequence number received           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      interarrival jitter                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         last SR (LSR)                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   delay since last SR (DLSR)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class ReportBlock {
  /** length of a block in bytes */
  public static final int LENGTH = 24;

  private static final int LOST_OFFSET = 4;
  private static final int HIGHEST_SEQUENCE_NUMBER_OFFSET = 8;
  private static final int JITTER_OFFSET = 12;
  private static final int LAST_SR_OFFSET = 16;
  private static final int DELAY_SINCE_LAST_SR_OFFSET = 20;
  private static final int MAX_LOST = 0x7FFFFF;
  private static final int MIN_LOST = -0x800000;

  private ReportBlock() {}

  /**
   * {@return the SSRC of the source reported on}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static int ssrc(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset);
  }

  /**
   * {@return the share of packets lost since the previous report, in 1/256, 0 to 255}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static int fractionLost(byte[] buffer, int offset) {
    return BigEndian.getUnsignedByte(buffer, offset + LOST_OFFSET);
  }

  /**
   * {@return the number of packets lost since the start of reception, negative when there were more
   * duplicates than losses}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static int cumulativeLost(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + LOST_OFFSET) << 8 >> 8;
  }

  /**
   * {@return the highest sequence number received, in the lower 16 bits, and the number of its
   * cycles above them}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static long highestSequenceNumber(byte[] buffer, int offset) {
    return BigEndian.getUnsignedInt(buffer, offset + HIGHEST_SEQUENCE_NUMBER_OFFSET);
  }

  /**
   * {@return the interarrival jitter in ticks of the RTP clock}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static long jitter(byte[] buffer, int offset) {
    return BigEndian.getUnsignedInt(buffer, offset + JITTER_OFFSET);
  }

  /**
   * {@return the compact NTP timestamp of the last sender report received; 0 when there was none}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static int lastSr(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + LAST_SR_OFFSET);
  }

  /**
   * {@return the delay between the last sender report received and this report, unsigned, in
   * 1/65536 s}
   *
   * @param buffer holds the block
   * @param offset of the block
   */
  public static int delaySinceLastSr(byte[] buffer, int offset) {
    return BigEndian.getInt(buffer, offset + DELAY_SINCE_LAST_SR_OFFSET);
  }

  /**
   * Writes a block.
   *
   * @param buffer receives {@link #LENGTH} bytes
   * @param offset of the block
   * @param ssrc of the source reported on
   * @param fractionLost share of packets lost in the interval, in 1/256, 0 to 255
   * @param cumulativeLost packets lost so far; clamped to 24 bits, signed
   * @param highestSequenceNumber extended highest sequence number; its lower 32 bits are written
   * @param jitter in ticks of the RTP clock; its lower 32 bits are written
   * @param lastSr compact NTP timestamp of the last sender report, or 0
   * @param delaySinceLastSr in 1/65536 s
   */
  public static void write(
      byte[] buffer,
      int offset,
      int ssrc,
      int fractionLost,
      long cumulativeLost,
      long highestSequenceNumber,
      long jitter,
      int lastSr,
      int delaySinceLastSr) {
    int lost = (int) Math.max(MIN_LOST, Math.min(MAX_LOST, cumulativeLost));
    BigEndian.putInt(buffer, offset, ssrc);
    BigEndian.putInt(buffer, offset + LOST_OFFSET, fractionLost << 24 | lost & 0xFFFFFF);
    BigEndian.putInt(buffer, offset + HIGHEST_SEQUENCE_NUMBER_OFFSET, (int) highestSequenceNumber);
    BigEndian.putInt(buffer, offset + JITTER_OFFSET, (int) jitter);
    BigEndian.putInt(buffer, offset + LAST_SR_OFFSET, lastSr);
    BigEndian.putInt(buffer, offset + DELAY_SINCE_LAST_SR_OFFSET, delaySinceLastSr);
  }
}
