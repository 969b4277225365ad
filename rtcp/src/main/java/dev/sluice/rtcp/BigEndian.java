package dev.sluice.rtcp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in network byte order within a byte array. */
final class BigEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static int getUnsignedByte(byte[] buffer, int index) {
    return buffer[index] & 0xFF;
  }

  static int getShort(byte[] buffer, int index) {
    return (short) SHORT.get(buffer, index);
  }

  static int getUnsignedShort(byte[] buffer, int index) {
    return (short) SHORT.get(buffer, index) & 0xFFFF;
  }

  static int getInt(byte[] buffer, int index) {
    return (int) INT.get(buffer, index);
  }

  static long getUnsignedInt(byte[] buffer, int index) {
    return Integer.toUnsignedLong((int) INT.get(buffer, index));
  }

  static long getLong(byte[] buffer, int index) {
    return (long) LONG.get(buffer, index);
  }

  static void putShort(byte[] buffer, int index, int value) {
    SHORT.set(buffer, index, (short) value);
  }

  static void putInt(byte[] buffer, int index, int value) {
    INT.set(buffer, index, value);
  }

  static void putLong(byte[] buffer, int index, long value) {
    LONG.set(buffer, index, value);
  }
}
