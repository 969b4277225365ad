package dev.sluice.srtp.dtls;

/** Big-endian integers of up to 48 bits in byte arrays. */
final class BigEndian {
  private BigEndian() {}

  static int uint8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  static int uint16(byte[] bytes, int offset) {
    return uint8(bytes, offset) << 8 | uint8(bytes, offset + 1);
  }

  static int uint24(byte[] bytes, int offset) {
    return uint16(bytes, offset) << 8 | uint8(bytes, offset + 2);
  }

  static long uint48(byte[] bytes, int offset) {
    return (long) uint24(bytes, offset) << 24 | uint24(bytes, offset + 3);
  }

  static void uint16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  static void uint24(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 16);
    uint16(bytes, offset + 1, value);
  }

  static void uint48(byte[] bytes, int offset, long value) {
    uint24(bytes, offset, (int) (value >> 24));
    uint24(bytes, offset + 3, (int) value);
  }
}
