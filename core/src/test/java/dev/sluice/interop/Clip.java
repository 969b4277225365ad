package dev.sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A short test picture as H.264 access units, made with:
 *
 * <pre>
 * ffmpeg -f lavfi -i testsrc2=size=320x240:rate=30 -t 4 -c:v libx264 -profile:v baseline
 *     -preset veryfast -tune zerolatency -b:v 300k -x264-params aud=1:keyint=30:scenecut=0 clip.h264
 * </pre>
 */
final class Clip {
  static final int FRAME_RATE = 30;
  static final int TICKS_A_FRAME = 90_000 / FRAME_RATE;
  private static final int AUD = 9;

  private Clip() {}

  static List<ByteBuffer> accessUnits() {
    try (InputStream in = Clip.class.getResourceAsStream("/dev/sluice/clip.h264")) {
      return split(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ByteBuffer> split(byte[] stream) {
    List<ByteBuffer> units = new ArrayList<>();
    int from = 0;
    for (int i = 1; i + 4 < stream.length; i++) {
      boolean delimiter =
          stream[i] == 0
              && stream[i + 1] == 0
              && stream[i + 2] == 0
              && stream[i + 3] == 1
              && (stream[i + 4] & 0x1F) == AUD;
      if (delimiter) {
        units.add(ByteBuffer.wrap(stream, from, i - from).slice());
        from = i;
      }
    }
    units.add(ByteBuffer.wrap(stream, from, stream.length - from).slice());
    return units;
  }
}
