package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an encoder's connection carries, nothing is thrown, leaks or stays. */
class RtspConnectionFuzzTest {
  private static final int PIECE = 700;

  static Stream<byte[]> connections() {
    return Stream.of(RecordedSession.BYTES);
  }

  @MethodSource("connections")
  @FuzzTest
  void shouldBearAnyConnection(byte @NotNull [] bytes) {
    TestPeer peer = RecordedSession.peer();
    for (int at = 0; at < bytes.length; at += PIECE) {
      peer.send(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    peer.sent();
    peer.advance(Duration.ofMinutes(2));
    peer.close();
    assertThat(peer.statistics().connections()).isZero();
    assertThat(peer.statistics().sessions()).isZero();
    assertThat(peer.server.limits().receiveMemory().used()).isZero();
  }
}
