package dev.sluice.rtp.av1;

import io.netty.buffer.ByteBuf;

/** A length of variable size, seven bits a byte, the lowest first (AV1 specification 4.10.5). */
final class Leb128 {

  private static final int MAX_BYTES = 8;
  private static final int BITS = 7;
  private static final int BITS_MASK = 0x7F;
  private static final int MORE = 0x80;

  private int value;
  private int end;

  /**
   * Reads a length.
   *
   * @return false if the bytes end within it, or if it is longer than any buffer
   */
  boolean read(ByteBuf buf, int at, int limit) {
    long read = 0;
    for (int i = 0; i < MAX_BYTES && at + i < limit; i++) {
      int next = buf.getByte(at + i);
      read |= (long) (next & BITS_MASK) << i * BITS;
      if ((next & MORE) == 0) {
        value = (int) read;
        end = at + i + 1;
        return read <= Integer.MAX_VALUE;
      }
    }
    return false;
  }

  int value() {
    return value;
  }

  /** index behind it */
  int end() {
    return end;
  }

  /** Writes a length below 2^14 in two bytes, whatever it is. */
  static void writeTwoBytes(byte[] array, int at, int length) {
    array[at] = (byte) (length | MORE);
    array[at + 1] = (byte) (length >> BITS);
  }

  /** Writes a length in as few bytes as it takes. */
  static void write(ByteBuf out, int length) {
    int rest = length;
    while (rest > BITS_MASK) {
      out.writeByte(rest & BITS_MASK | MORE);
      rest >>>= BITS;
    }
    out.writeByte(rest);
  }
}
