package dev.sluice.rtsp;

import dev.sluice.receive.RecordingSinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * What ffmpeg 5.1 sent while it published half a second of H.264 and Opus, interleaved:
 *
 * <pre>
 * ffmpeg -f lavfi -i testsrc2=size=64x48:rate=10 -f lavfi -i sine=sample_rate=48000 -t 0.5
 *   -c:v libx264 -preset ultrafast -tune zerolatency -g 5 -c:a libopus -b:a 16k
 *   -f rtsp -rtsp_transport tcp rtsp://127.0.0.1:8554/live/cam
 * </pre>
 *
 * <p>The session identifier in it is that of a server whose random numbers are all zero.
 */
final class RecordedSession {
  static final byte[] BYTES = read();

  private RecordedSession() {}

  private static byte[] read() {
    try (InputStream in = RecordedSession.class.getResourceAsStream("ffmpeg-session.bin")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestPeer peer() {
    return new TestPeer(new RtspServerBuilder(null), new RecordingSinks(), new Zeros());
  }

  private static final class Zeros extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) 0);
    }
  }
}
