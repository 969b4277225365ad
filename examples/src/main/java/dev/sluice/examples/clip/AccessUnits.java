package dev.sluice.examples.clip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits an H.264 elementary stream (ITU-T H.264 annex B) at its access unit delimiters, the
 * simplest sign of where a picture starts.
 */
final class AccessUnits {
  private static final int DELIMITER_TYPE = 9;
  private static final int START_CODE_LENGTH = 3;

  private AccessUnits() {}

  /**
   * Splits a stream.
   *
   * @param annexB the whole stream
   * @return read-only slices, each from a delimiter up to the next one; what stands before the
   *     first is left out
   */
  static List<ByteBuffer> split(byte[] annexB) {
    ByteBuffer stream = ByteBuffer.wrap(annexB).asReadOnlyBuffer();
    List<ByteBuffer> units = new ArrayList<>();
    int start = nextDelimiter(annexB, 0);
    while (start < annexB.length) {
      int end = nextDelimiter(annexB, start + START_CODE_LENGTH);
      units.add(stream.slice(start, end - start));
      start = end;
    }
    return units;
  }

  private static int nextDelimiter(byte[] bytes, int from) {
    for (int i = from; i + START_CODE_LENGTH < bytes.length; i++) {
      if (bytes[i] == 0
          && bytes[i + 1] == 0
          && bytes[i + 2] == 1
          && (bytes[i + START_CODE_LENGTH] & 0x1F) == DELIMITER_TYPE) {
        return i;
      }
    }
    return bytes.length;
  }
}
