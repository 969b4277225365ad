package dev.sluice.rtp.av1;

import io.netty.buffer.ByteBuf;

/**
 * The header of an open bitstream unit (AV1 specification 5.3.2), and the first byte of what
 * follows.
 *
 * <pre>
 *  +-+-+-+-+-+-+-+-+  +-+-+-+-+-+-+-+-+
 *  |F| type  |X|S|-|  | TID |SID|     |  with X, and a length with S
 *  +-+-+-+-+-+-+-+-+  +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Obu {

  static final int SEQUENCE_HEADER = 1;
  static final int TEMPORAL_DELIMITER = 2;
  static final int FRAME_HEADER = 3;
  static final int FRAME = 6;

  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;

  private static final int FORBIDDEN = 0x80;
  private static final int TYPE_SHIFT = 3;
  private static final int TYPE_MASK = 0x0F;
  private static final int EXTENSION = 0x04;
  private static final int SIZE = 0x02;
  private static final int TID_SHIFT = 5;
  private static final int TID_MASK = 0x07;

  private final Leb128 size = new Leb128();
  private int first;
  private int extension;
  private int payload;
  private int end;

  static boolean isForbidden(int first) {
    return (first & FORBIDDEN) != 0;
  }

  /**
   * Reads a header.
   *
   * @param buf holds the unit, or its beginning
   * @param offset where it begins
   * @param limit where it, or what is there of it, ends at the latest
   * @return false if the bytes end within the header
   */
  boolean read(ByteBuf buf, int offset, int limit) {
    first = buf.getUnsignedByte(offset);
    payload = offset + headerBytes();
    if (payload > limit) {
      return false;
    }
    extension = hasExtension() ? buf.getUnsignedByte(offset + 1) : 0;
    end = limit;
    if ((first & SIZE) != 0) {
      if (!size.read(buf, payload, limit)) {
        return false;
      }
      payload = size.end();
      end = (int) Math.min((long) payload + size.value(), Integer.MAX_VALUE);
    }
    return true;
  }

  private boolean hasExtension() {
    return (first & EXTENSION) != 0;
  }

  /** without the length */
  int headerBytes() {
    return hasExtension() ? 2 : 1;
  }

  /**
   * Writes the header as it is for a unit without length.
   *
   * @param to gets it at index 0
   */
  void writeHeader(ByteBuf to) {
    to.setByte(0, first & ~SIZE);
    to.setByte(1, extension);
  }

  /**
   * Writes the header as it is for a unit whose length follows.
   *
   * @param to gets it at index 0
   */
  void writeHeaderWithSize(ByteBuf to) {
    to.setByte(0, first | SIZE);
    to.setByte(1, extension);
  }

  int type() {
    return type(first);
  }

  static int type(int first) {
    return first >> TYPE_SHIFT & TYPE_MASK;
  }

  int temporalId() {
    return extension >> TID_SHIFT & TID_MASK;
  }

  /** where what follows the header begins */
  int payload() {
    return payload;
  }

  /** where the unit ends: beyond the limit if it is not there in whole */
  int end() {
    return end;
  }

  /** whether it begins a frame */
  boolean beginsFrame() {
    return type() == FRAME || type() == FRAME_HEADER;
  }

  /** whether it has no place in RTP (section 5) */
  boolean isLeftOut() {
    return type() == TEMPORAL_DELIMITER || type() == TILE_LIST || type() == PADDING;
  }
}
