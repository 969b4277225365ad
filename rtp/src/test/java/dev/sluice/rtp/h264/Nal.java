package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A NAL unit that was received whole.
 *
 * @param first position of the packet it began in
 * @param last position of the packet it ended in
 */
record Nal(byte[] bytes, int timestamp, long first, long last) {

  int type() {
    return NalUnit.type(bytes[0]);
  }

  boolean has(byte[] expected) {
    return Arrays.equals(bytes, expected);
  }

  static void assertNals(List<Nal> actual, List<byte[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).has(expected.get(i))).as("NAL unit %d", i).isTrue();
    }
  }

  @Override
  public String toString() {
    int shown = Math.min(bytes.length, 8);
    return bytes.length + " bytes " + HexFormat.of().formatHex(bytes, 0, shown);
  }
}
