package dev.sluice.rtp.av1;

/**
 * The first byte of a payload (section 4.4).
 *
 * <pre>
 *  +-+-+-+-+-+-+-+-+
 *  |Z|Y| W |N|-|-|-|
 *  +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class AggregationHeader {

  static final int BYTES = 1;

  private static final int Z = 0x80;
  private static final int Y = 0x40;
  private static final int W_SHIFT = 4;
  private static final int W_MASK = 0x03;
  private static final int N = 0x08;

  private AggregationHeader() {}

  /** whether the first element goes on with an OBU of the payload before */
  static boolean continuesFirst(int header) {
    return (header & Z) != 0;
  }

  /** whether the next payload goes on with the last element */
  static boolean continuesLast(int header) {
    return (header & Y) != 0;
  }

  /** how many elements there are, the last of them without a length; 0 if all have one */
  static int count(int header) {
    return header >> W_SHIFT & W_MASK;
  }

  /** whether a coded video sequence begins, with a keyframe */
  static boolean beginsSequence(int header) {
    return (header & N) != 0;
  }

  /** the same header, saying whether a coded video sequence begins */
  static byte withSequence(int header, boolean begins) {
    return (byte) (begins ? header | N : header & ~N);
  }

  /** of a payload whose elements all have a length */
  static byte of(boolean continuesFirst, boolean continuesLast, boolean beginsSequence) {
    return (byte) ((continuesFirst ? Z : 0) | (continuesLast ? Y : 0) | (beginsSequence ? N : 0));
  }
}
