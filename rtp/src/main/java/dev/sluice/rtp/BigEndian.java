package dev.sluice.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Network byte order in arrays: one bounds check and one memory access each. An index at which the
 * value does not fit gives an {@link IndexOutOfBoundsException}. Safe for any thread.
 */
public final class BigEndian {

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private BigEndian() {}

  /**
   * {@return an unsigned 8-bit number}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static int getUnsignedByte(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }

  /**
   * {@return a signed 16-bit number}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static int getShort(byte[] bytes, int index) {
    return (short) SHORT.get(bytes, index);
  }

  /**
   * {@return an unsigned 16-bit number}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static int getUnsignedShort(byte[] bytes, int index) {
    return getShort(bytes, index) & 0xFFFF;
  }

  /**
   * {@return 32 bits}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static int getInt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index);
  }

  /**
   * {@return an unsigned 32-bit number}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static long getUnsignedInt(byte[] bytes, int index) {
    return getInt(bytes, index) & 0xFFFF_FFFFL;
  }

  /**
   * {@return 64 bits}
   *
   * @param bytes where it lies
   * @param index of its first byte
   */
  public static long getLong(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /**
   * Writes the lower 16 bits of a number.
   *
   * @param bytes where it goes
   * @param index of its first byte
   * @param value the number
   */
  public static void putShort(byte[] bytes, int index, int value) {
    SHORT.set(bytes, index, (short) value);
  }

  /**
   * Writes 32 bits.
   *
   * @param bytes where it goes
   * @param index of its first byte
   * @param value the number
   */
  public static void putInt(byte[] bytes, int index, int value) {
    INT.set(bytes, index, value);
  }

  /**
   * Writes 64 bits.
   *
   * @param bytes where it goes
   * @param index of its first byte
   * @param value the number
   */
  public static void putLong(byte[] bytes, int index, long value) {
    LONG.set(bytes, index, value);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }
}
