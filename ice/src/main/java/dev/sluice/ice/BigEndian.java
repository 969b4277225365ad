package dev.sluice.ice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Network byte order over a byte array. */
final class BigEndian {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private BigEndian() {}

  static int getUnsignedShort(byte[] buffer, int offset) {
    return (short) SHORT.get(buffer, offset) & 0xFFFF;
  }

  static int getInt(byte[] buffer, int offset) {
    return (int) INT.get(buffer, offset);
  }

  static long getLong(byte[] buffer, int offset) {
    return (long) LONG.get(buffer, offset);
  }

  static void putShort(byte[] buffer, int offset, int value) {
    SHORT.set(buffer, offset, (short) value);
  }

  static void putInt(byte[] buffer, int offset, int value) {
    INT.set(buffer, offset, value);
  }

  static void putLong(byte[] buffer, int offset, long value) {
    LONG.set(buffer, offset, value);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }
}
