package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Extended report, XR (RFC 3611 section 2): a list of report blocks. A reader goes from block to
 * block and passes over the types it does not know:
 *
 * <pre>{@code
 * for (int block = ExtendedReport.firstBlock(offset);
 *     block < offset + length;
 *     block = ExtendedReport.nextBlock(buffer, block)) {
 *   switch (ExtendedReport.blockType(buffer, block)) {
 *     case ReceiverReferenceTimeBlock.TYPE -> ...
 *     case DlrrBlock.TYPE -> ...
 *     default -> {}
 *   }
 * }
 * }</pre>
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|reserved |   PT=XR=207   |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                              SSRC                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  block type   | type-specific |         block length          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class ExtendedReport {
  static final int BLOCK_HEADER_LENGTH = 4;

  private static final int SSRC_OFFSET = 4;
  private static final int BLOCKS_OFFSET = 8;
  private static final int BLOCK_LENGTH_OFFSET = 2;

  private ExtendedReport() {}

  /**
   * {@return whether the lengths of the message and of its blocks hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int block = firstBlock(offset);
    while (block + BLOCK_HEADER_LENGTH <= end) {
      int next = nextBlock(buffer, block);
      if (!isValidBlock(buffer, block, next - block)) {
        return false;
      }
      block = next;
    }
    return block == end;
  }

  /**
   * {@return the length of a message in bytes}
   *
   * @param blocksLength length of all its blocks in bytes
   */
  public static int length(int blocksLength) {
    return BLOCKS_OFFSET + blocksLength;
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
   * {@return the offset of the first block; the end of the message when there is none}
   *
   * @param offset of the message
   */
  public static int firstBlock(int offset) {
    return offset + BLOCKS_OFFSET;
  }

  /**
   * {@return the offset of the next block; the end of the message after the last}
   *
   * @param buffer holds the message
   * @param block offset of a block
   */
  public static int nextBlock(byte[] buffer, int block) {
    int words = BigEndian.getUnsignedShort(buffer, block + BLOCK_LENGTH_OFFSET);
    return block + BLOCK_HEADER_LENGTH + 4 * words;
  }

  /**
   * {@return the type of a block, 0 to 255}
   *
   * @param buffer holds the message
   * @param block offset of the block
   */
  public static int blockType(byte[] buffer, int block) {
    return BigEndian.getUnsignedByte(buffer, block);
  }

  /**
   * Writes a message without its blocks.
   *
   * @param buffer receives the message, {@link #length} bytes with the blocks
   * @param offset of the message
   * @param ssrc of the participant that reports
   * @param blocksLength length in bytes of the blocks that the caller writes from {@link
   *     #firstBlock} on
   * @return the length of the message in bytes, with the blocks
   */
  public static int write(byte[] buffer, int offset, int ssrc, int blocksLength) {
    int length = length(blocksLength);
    RtcpHeader.write(buffer, offset, 0, RtcpHeader.XR, length);
    BigEndian.putInt(buffer, offset + SSRC_OFFSET, ssrc);
    return length;
  }

  static void writeBlockHeader(byte[] buffer, int block, int type, int length) {
    BigEndian.putInt(buffer, block, type << 24 | length - BLOCK_HEADER_LENGTH >> 2);
  }

  private static boolean isValidBlock(byte[] buffer, int block, int length) {
    return switch (blockType(buffer, block)) {
      case ReceiverReferenceTimeBlock.TYPE -> length == ReceiverReferenceTimeBlock.LENGTH;
      case DlrrBlock.TYPE -> length == DlrrBlock.length(DlrrBlock.reportCount(length));
      default -> true;
    };
  }
}
