package dev.sluice.rtp.h265;

import dev.sluice.rtp.frames.PieceWriter;

/**
 * The headers of fragmentation units (RFC 7798 section 4.4.3).
 *
 * <pre>
 *  +---------------+---------------+---------------+
 *  |   payload header (type 49)    |S|E|  FuType   |
 *  +---------------+---------------+---------------+
 * </pre>
 */
final class FuHeader implements PieceWriter.Header {

  static final int BYTES = 3;

  private static final int START = 0x80;
  private static final int END = 0x40;
  private static final int TYPE_MASK = 0x3F;

  private int first;
  private int second;
  private boolean fromStart;

  static boolean isStart(int fuHeader) {
    return (fuHeader & START) != 0;
  }

  static boolean isEnd(int fuHeader) {
    return (fuHeader & END) != 0;
  }

  static int type(int fuHeader) {
    return fuHeader & TYPE_MASK;
  }

  /**
   * The fragments of one NAL unit.
   *
   * @param headerFirst first byte of its header
   * @param headerSecond second byte
   * @param start whether the first fragment is the first of the NAL unit
   */
  void set(int headerFirst, int headerSecond, boolean start) {
    first = headerFirst;
    second = headerSecond;
    fromStart = start;
  }

  @Override
  public int length(boolean firstPiece) {
    return BYTES;
  }

  @Override
  public void write(byte[] array, int offset, boolean firstPiece, boolean last) {
    int flags = (firstPiece && fromStart ? START : 0) | (last ? END : 0);
    array[offset] = (byte) H265Nal.withType(first, H265Nal.FRAGMENT);
    array[offset + 1] = (byte) second;
    array[offset + 2] = (byte) (H265Nal.type(first) | flags);
  }
}
