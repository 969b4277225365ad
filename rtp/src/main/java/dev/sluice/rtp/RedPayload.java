package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * A payload with redundant audio data (RFC 2198, section 3): blocks of packets before it, the
 * oldest first, and last its own, the primary block.
 *
 * <pre>
 *  0                   1                    2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|   block PT  |  timestamp offset         |   block length    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0|   block PT  |  the blocks, in the order of their headers
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>A view, to be used again for the next; nothing is copied. Used by one thread at a time.
 */
public final class RedPayload {

  /** how many blocks there may be, the primary one included */
  public static final int MAX_BLOCKS = 16;

  private static final int MORE = 0x80;
  private static final int PAYLOAD_TYPE_MASK = 0x7F;
  private static final int HEADER_LENGTH = 4;
  private static final int LAST_HEADER_LENGTH = 1;
  private static final int LENGTH_BITS = 10;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final int OFFSET_MASK = (1 << 14) - 1;

  private final int[] payloadTypes = new int[MAX_BLOCKS];
  private final int[] timestampOffsets = new int[MAX_BLOCKS];
  private final int[] offsets = new int[MAX_BLOCKS];
  private final int[] lengths = new int[MAX_BLOCKS];
  private int count;

  /** Creates a view of no payload. */
  public RedPayload() {}

  /**
   * Points this view at a payload.
   *
   * @param buffer holds it; borrowed
   * @param offset absolute index of its first byte
   * @param length in bytes
   * @return whether it is well formed and has at most {@link #MAX_BLOCKS} blocks; if not, the
   *     getters return nothing of use
   */
  public boolean wrap(ByteBuf buffer, int offset, int length) {
    int end = offset + length;
    int at = offset;
    count = 0;
    while (at + HEADER_LENGTH <= end && (buffer.getByte(at) & MORE) != 0) {
      if (count == MAX_BLOCKS - 1) {
        return false;
      }
      int header = buffer.getInt(at);
      payloadTypes[count] = header >>> 24 & PAYLOAD_TYPE_MASK;
      timestampOffsets[count] = header >>> LENGTH_BITS & OFFSET_MASK;
      lengths[count++] = header & LENGTH_MASK;
      at += HEADER_LENGTH;
    }
    if (at >= end || (buffer.getByte(at) & MORE) != 0) {
      return false;
    }
    payloadTypes[count] = buffer.getByte(at);
    timestampOffsets[count++] = 0;
    return delimit(at + LAST_HEADER_LENGTH, end);
  }

  private boolean delimit(int first, int end) {
    int at = first;
    for (int i = 0; i < count - 1; i++) {
      offsets[i] = at;
      at += lengths[i];
    }
    offsets[count - 1] = at;
    lengths[count - 1] = end - at;
    return at <= end;
  }

  /** {@return how many blocks there are; the last one is the primary} */
  public int count() {
    return count;
  }

  /**
   * {@return the payload type of a block, 0 to 127}
   *
   * @param block its index, from 0
   */
  public int payloadType(int block) {
    return payloadTypes[block];
  }

  /**
   * {@return how far a block's timestamp is before the packet's, 0 to 16383 ticks}
   *
   * @param block its index, from 0
   */
  public int timestampOffset(int block) {
    return timestampOffsets[block];
  }

  /**
   * {@return the absolute index in the buffer of the first byte of a block}
   *
   * @param block its index, from 0
   */
  public int offset(int block) {
    return offsets[block];
  }

  /**
   * {@return the length of a block in bytes; may be 0}
   *
   * @param block its index, from 0
   */
  public int length(int block) {
    return lengths[block];
  }
}
