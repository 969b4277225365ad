package dev.sluice.log;

import dev.sluice.rtp.PictureMarks;
import java.util.Arrays;

/**
 * One generation of a log's index: for each position, where its payload lies and what is known of
 * it.
 *
 * <p>A reader may see a slot while the writer gives it to another packet. Whatever it reads is
 * checked with {@link #contains} before use and thrown away unless {@link PacketLog#holds}
 * afterwards says that the position was still valid.
 */
public final class Ring {
  private static final int MARKER = 1 << 31;
  private static final int KEYFRAME = 1 << 30;
  private static final int MARKS_SHIFT = 24;
  private static final int MARKS_MASK = (1 << PictureMarks.BITS) - 1 << MARKS_SHIFT;
  private static final int STAMP = 1 << 23;
  private static final int LENGTH_MASK = STAMP - 1;

  /** length of the moment of capture, which stands behind a payload */
  public static final int STAMP_BYTES = 8;

  private static final byte[] NONE = {};

  private final int slotMask;
  private final byte[][] bytes;
  private final int[] start;
  private final int[] lengthAndBits;
  private final int[] timestamp;
  private final long[] arrivalNanos;

  Ring(int slots) {
    slotMask = slots - 1;
    bytes = new byte[slots][];
    start = new int[slots];
    lengthAndBits = new int[slots];
    timestamp = new int[slots];
    arrivalNanos = new long[slots];
    Arrays.fill(bytes, NONE);
  }

  int slots() {
    return slotMask + 1;
  }

  void put(
      long position,
      byte[] array,
      int at,
      int length,
      int rtpTimestamp,
      boolean marker,
      long nowNanos) {
    int slot = (int) position & slotMask;
    bytes[slot] = array;
    start[slot] = at;
    lengthAndBits[slot] = marker ? length | MARKER : length;
    timestamp[slot] = rtpTimestamp;
    arrivalNanos[slot] = nowNanos;
  }

  void putHole(long position, long nowNanos) {
    put(position, NONE, 0, 0, 0, false, nowNanos);
  }

  void copy(long position, Ring from) {
    put(
        position,
        from.bytes(position),
        from.start(position),
        from.length(position),
        from.timestamp(position),
        from.marker(position),
        from.arrivalNanos(position));
    mark(position, from.marks(position));
    if (from.startsKeyframe(position)) {
      markKeyframe(position);
    }
    if (from.isStamped(position)) {
      stamp(position);
    }
  }

  /** The moment of capture stands behind this payload. */
  void stamp(long position) {
    lengthAndBits[(int) position & slotMask] |= STAMP;
  }

  /** A keyframe begins with this packet. */
  void markKeyframe(long position) {
    lengthAndBits[(int) position & slotMask] |= KEYFRAME;
  }

  void mark(long position, int marks) {
    int slot = (int) position & slotMask;
    lengthAndBits[slot] = lengthAndBits[slot] & ~MARKS_MASK | marks << MARKS_SHIFT & MARKS_MASK;
  }

  /** Lets go of the array of a packet that was evicted. */
  void forget(long position) {
    bytes[(int) position & slotMask] = NONE;
  }

  /** {@return the array that holds a packet's payload} */
  public byte[] bytes(long position) {
    return bytes[(int) position & slotMask];
  }

  /** {@return index of a packet's first payload byte in its array} */
  public int start(long position) {
    return start[(int) position & slotMask];
  }

  /** {@return payload length in bytes; 0 for a sequence number that was left unused} */
  public int length(long position) {
    return lengthAndBits[(int) position & slotMask] & LENGTH_MASK;
  }

  /** {@return the RTP marker bit} */
  public boolean marker(long position) {
    return lengthAndBits[(int) position & slotMask] < 0;
  }

  /** {@return what the packet's picture is to others, see {@link PictureMarks}} */
  public int marks(long position) {
    return (lengthAndBits[(int) position & slotMask] & MARKS_MASK) >> MARKS_SHIFT;
  }

  /** {@return whether a keyframe begins with the packet} */
  public boolean startsKeyframe(long position) {
    return (lengthAndBits[(int) position & slotMask] & KEYFRAME) != 0;
  }

  /** {@return whether it is known when the packet's media was captured} */
  public boolean isStamped(long position) {
    return (lengthAndBits[(int) position & slotMask] & STAMP) != 0;
  }

  /**
   * Copies when the media of a packet was captured, an NTP timestamp of {@link #STAMP_BYTES} bytes;
   * nothing from a slot that is being overwritten.
   *
   * @param position of a packet that {@link #isStamped}
   * @param into where to
   * @param at index of the first byte there
   */
  public void copyStamp(long position, byte[] into, int at) {
    byte[] array = bytes(position);
    int from = start(position) + length(position);
    if (contains(array, from, STAMP_BYTES)) {
      System.arraycopy(array, from, into, at, STAMP_BYTES);
    }
  }

  /** {@return RTP timestamp of the source} */
  public int timestamp(long position) {
    return timestamp[(int) position & slotMask];
  }

  /** {@return when the packet was appended, on the engine's clock in nanoseconds} */
  public long arrivalNanos(long position) {
    return arrivalNanos[(int) position & slotMask];
  }

  /**
   * {@return whether a payload lies within an array; false only for a slot that is being
   * overwritten}
   */
  public static boolean contains(byte[] array, int at, int length) {
    return length <= array.length - at;
  }
}
