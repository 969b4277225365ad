package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the connection of an encoder or a player carries, nothing is thrown, leaks or stays. */
class RtspConnectionFuzzTest {
  private static final int PIECE = 700;
  private static RelayEngine engine;

  static Stream<byte[]> connections() {
    return Stream.of(RecordedSession.BYTES);
  }

  @BeforeAll
  static void publish() {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
            .build();
    engine.publish("cam", List.of(TrackDescription.of("audio", Codec.OPUS)));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @MethodSource("connections")
  @FuzzTest
  void shouldBearAnyEncoder(byte @NotNull [] bytes) {
    bear(RecordedSession.peer(), bytes);
  }

  static Stream<byte[]> players() {
    String describe = "DESCRIBE rtsp://h/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n";
    String setUp =
        "SETUP rtsp://h/cam/track=0 RTSP/1.0\r\nCSeq: 2\r\n"
            + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
    String play = "PLAY rtsp://h/cam RTSP/1.0\r\nCSeq: 3\r\nRange: npt=0-\r\n\r\n";
    String end = "PAUSE * RTSP/1.0\r\nCSeq: 4\r\n\r\nTEARDOWN * RTSP/1.0\r\nCSeq: 5\r\n\r\n";
    return Stream.of(describe + setUp + play, describe + setUp + play + end, describe + describe)
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("players")
  @FuzzTest
  void shouldBearAnyPlayer(byte @NotNull [] bytes) {
    bear(new TestPeer(new RtspServerBuilder(null), engine::read), bytes);
  }

  private static void bear(TestPeer peer, byte[] bytes) {
    for (int at = 0; at < bytes.length; at += PIECE) {
      peer.send(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    peer.sent();
    peer.advance(Duration.ofMinutes(2));
    peer.close();
    assertThat(peer.statistics().failures()).isZero();
    assertThat(peer.statistics().connections()).isZero();
    assertThat(peer.statistics().players()).isZero();
    assertThat(peer.statistics().sessions()).isZero();
    assertThat(peer.server.limits().receiveMemory().used()).isZero();
  }
}
