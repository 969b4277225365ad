package dev.sluice.rtp.h264;

import java.io.ByteArrayOutputStream;

/** Writes NAL units bit by bit, with emulation prevention. */
final class BitWriter {

  private final StringBuilder bits = new StringBuilder();

  BitWriter u(int count, int value) {
    for (int i = count - 1; i >= 0; i--) {
      bits.append(value >> i & 1);
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return u(1, value ? 1 : 0);
  }

  BitWriter ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return u(length - 1, 0).u(length, value + 1);
  }

  BitWriter se(int value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  BitWriter bytes(byte[] bytes) {
    for (byte b : bytes) {
      u(8, b);
    }
    return this;
  }

  /** the NAL unit, with the stop bit */
  byte[] nal(int header) {
    StringBuilder rbsp = new StringBuilder(bits).append('1');
    while (rbsp.length() % 8 != 0) {
      rbsp.append('0');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header);
    int zeros = 0;
    for (int i = 0; i < rbsp.length(); i += 8) {
      int b = Integer.parseInt(rbsp, i, i + 8, 2);
      if (zeros == 2 && b <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}
