package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/**
 * Source description, SDES (RFC 3550 section 6.5): up to 31 chunks, each an SSRC and items that
 * describe it. The items of a chunk end with a zero byte and more of them up to the next 32-bit
 * boundary.
 *
 * <pre>{@code
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    SC   |  PT=SDES=202  |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          SSRC/CSRC                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   item type   |     length    |     text (UTF-8)         ...  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
public final class SourceDescription {
  /** item type: canonical end-point identifier */
  public static final int CNAME = 1;

  /** item type: user name */
  public static final int NAME = 2;

  /** item type: electronic mail address */
  public static final int EMAIL = 3;

  /** item type: phone number */
  public static final int PHONE = 4;

  /** item type: geographic user location */
  public static final int LOC = 5;

  /** item type: application or tool name */
  public static final int TOOL = 6;

  /** item type: notice or status */
  public static final int NOTE = 7;

  /** item type: private extension, whose text starts with the length of a prefix and the prefix */
  public static final int PRIV = 8;

  private static final int END_OF_ITEMS = 0;
  private static final int CHUNKS_OFFSET = 4;
  private static final int ITEMS_OFFSET = 4;
  private static final int TEXT_OFFSET = 2;
  private static final int MAX_TEXT_LENGTH = 0xFF;
  private static final ItemConsumer NOBODY = (ssrc, itemType, textOffset, textLength) -> {};

  /** Takes the items of a source description one by one. */
  @FunctionalInterface
  public interface ItemConsumer {
    /**
     * Takes one.
     *
     * @param ssrc SSRC or CSRC of the source described
     * @param itemType such as {@link #CNAME}, 1 to 255
     * @param textOffset offset of the text in the array that holds the message
     * @param textLength length of the text in bytes, 0 to 255
     */
    void accept(int ssrc, int itemType, int textOffset, int textLength);
  }

  private SourceDescription() {}

  /**
   * {@return whether the lengths and the count of chunks hold}
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   */
  public static boolean isValid(byte[] buffer, int offset, int length) {
    return length >= CHUNKS_OFFSET && walk(buffer, offset, length, NOBODY) == offset + length;
  }

  /**
   * Hands over each item, in the order of the message.
   *
   * @param buffer holds the message
   * @param offset of the message
   * @param length of the message in bytes, without padding
   * @param consumer takes the items
   */
  public static void forEachItem(byte[] buffer, int offset, int length, ItemConsumer consumer) {
    walk(buffer, offset, length, consumer);
  }

  /**
   * {@return the length in bytes of a message with one chunk of one item}
   *
   * @param textLength length of the text in bytes, at most 255
   */
  public static int length(int textLength) {
    return CHUNKS_OFFSET + chunkLength(textLength);
  }

  /**
   * {@return the length in bytes of a chunk with one item}
   *
   * @param textLength length of the text in bytes, at most 255
   */
  public static int chunkLength(int textLength) {
    return RtcpHeader.align(ITEMS_OFFSET + TEXT_OFFSET + textLength + 1);
  }

  /**
   * Writes a message with one chunk of one item.
   *
   * @param buffer receives the message, {@link #length} bytes
   * @param offset of the message
   * @param ssrc of the source described
   * @param itemType such as {@link #CNAME}
   * @param text in UTF-8, at most 255 bytes
   * @return the length of the message in bytes
   */
  public static int write(byte[] buffer, int offset, int ssrc, int itemType, byte[] text) {
    RtcpHeader.write(buffer, offset, 0, RtcpHeader.SDES, CHUNKS_OFFSET);
    return append(buffer, offset, ssrc, itemType, text);
  }

  /**
   * Appends a chunk of one item to a message that has fewer than 31.
   *
   * @param buffer holds the message and has room for {@link #chunkLength} more bytes behind it
   * @param offset of the message
   * @param ssrc of the source described
   * @param itemType such as {@link #CNAME}
   * @param text in UTF-8, at most 255 bytes
   * @return the new length of the message in bytes
   */
  public static int append(byte[] buffer, int offset, int ssrc, int itemType, byte[] text) {
    if (text.length > MAX_TEXT_LENGTH) {
      throw new IllegalArgumentException("text is longer than 255 bytes: " + text.length);
    }
    int length = RtcpHeader.length(buffer, offset);
    int newLength = length + chunkLength(text.length);
    RtcpHeader.write(
        buffer, offset, RtcpHeader.count(buffer, offset) + 1, RtcpHeader.SDES, newLength);
    int item = offset + length + ITEMS_OFFSET;
    BigEndian.putInt(buffer, offset + length, ssrc);
    BigEndian.putInt(buffer, offset + newLength - 4, 0);
    buffer[item] = (byte) itemType;
    buffer[item + 1] = (byte) text.length;
    System.arraycopy(text, 0, buffer, item + TEXT_OFFSET, text.length);
    return newLength;
  }

  /** the offset behind the last chunk, or -1 when one does not fit into the message */
  private static int walk(byte[] buffer, int offset, int length, ItemConsumer consumer) {
    int at = offset + CHUNKS_OFFSET;
    int end = offset + length;
    for (int chunks = RtcpHeader.count(buffer, offset); chunks > 0 && at >= 0; chunks--) {
      at = walkChunk(buffer, at, end, consumer);
    }
    return at;
  }

  private static int walkChunk(byte[] buffer, int chunk, int end, ItemConsumer consumer) {
    int at = chunk + ITEMS_OFFSET;
    while (at < end && buffer[at] != END_OF_ITEMS) {
      if (at + TEXT_OFFSET > end) {
        return -1;
      }
      int textLength = BigEndian.getUnsignedByte(buffer, at + 1);
      consumer.accept(
          BigEndian.getInt(buffer, chunk),
          BigEndian.getUnsignedByte(buffer, at),
          at + TEXT_OFFSET,
          textLength);
      at += TEXT_OFFSET + textLength;
    }
    int next = chunk + RtcpHeader.align(at + 1 - chunk);
    return next <= end ? next : -1;
  }
}
