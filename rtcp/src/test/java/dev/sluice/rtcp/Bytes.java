package dev.sluice.rtcp;

import java.util.HexFormat;

/** Byte arrays for tests. */
final class Bytes {
  private Bytes() {}

  /** bytes of hexadecimal digits, whose white space does not count */
  static byte[] hex(String... lines) {
    return HexFormat.of().parseHex(String.join("", lines).replaceAll("\\s", ""));
  }

  static byte[] copyOf(byte[] buffer, int offset, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    return copy;
  }

  static int fourCharacters(String text) {
    return text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
  }
}
