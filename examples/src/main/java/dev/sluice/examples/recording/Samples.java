package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Copies bytes of frames. */
final class Samples {
  private Samples() {}

  static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    return bytes;
  }

  static void append(ByteBuffer from, ByteArrayOutputStream out) {
    out.writeBytes(bytes(from));
  }
}
