package dev.sluice.rtp.fec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Exclusive or of byte ranges, eight bytes at a time. Safe for any thread. */
public final class Parity {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Parity() {}

  /**
   * Adds bytes to a parity; adding them once more takes them out.
   *
   * @param parity is changed
   * @param at index of the first byte that is changed
   * @param bytes what is added; borrowed, and not the same array
   * @param start index of the first byte of it
   * @param length in bytes
   * @throws IndexOutOfBoundsException if either range is not within its array
   */
  public static void add(byte[] parity, int at, byte[] bytes, int start, int length) {
    int words = length & -Long.BYTES;
    int i = 0;
    for (; i < words; i += Long.BYTES) {
      long word = (long) WORD.get(parity, at + i) ^ (long) WORD.get(bytes, start + i);
      WORD.set(parity, at + i, word);
    }
    for (; i < length; i++) {
      parity[at + i] ^= bytes[start + i];
    }
  }
}
