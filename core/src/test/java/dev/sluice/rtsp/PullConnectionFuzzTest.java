package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server says to a pull, in whatever order: nothing is thrown, leaks or stays, no other
 * host is told the password, and the pull neither gives up nor calls at every moment.
 */
class PullConnectionFuzzTest {
  private static final int BYTES = 8;
  private static final int ANSWER = 9;
  private static final int TIME_PASSES = 10;
  private static final Duration STEP = Duration.ofMillis(700);
  private static final int MOST_CALLS_A_STEP = 8;
  private static final String CHALLENGE = "401 Unauthorized\r\nWWW-Authenticate: ";

  static Stream<byte[]> dialogues() {
    String options = "200 OK\r\nPublic: DESCRIBE, SETUP, PLAY, GET_PARAMETER";
    String description = "200 OK\r\nContent-Base: rtsp://camera:8554/live/\r\n\r\n" + TestPeer.SDP;
    String video = "200 OK\r\nSession: 47;timeout=5\r\nTransport: RTP/AVP/TCP;interleaved=0-1";
    String audio = "200 OK\r\nSession: 47\r\nTransport: RTP/AVP/TCP;interleaved=2-3";
    String info = "200 OK\r\nRTP-Info: url=rtsp://camera:8554/live/track=0;seq=1;rtptime=3000";
    return Stream.of(
        new Script().answers(options, description, video, audio, info).media().bytes(),
        new Script()
            .answers(options, CHALLENGE + "Digest realm=\"a\", nonce=\"b\", qop=\"auth\"")
            .answers(description, video, CHALLENGE + "Basic realm=\"a\"", audio)
            .bytes(),
        new Script()
            .answers(options, "302 Found\r\nLocation: rtsp://elsewhere/live")
            .answers(options, CHALLENGE + "Basic realm=\"a\"", description, video)
            .bytes(),
        new Script()
            .answers("501 Not Implemented", description, "461 Unsupported Transport")
            .answers("454 Session Not Found", "503 Service Unavailable\r\nRetry-After: 2")
            .add(BYTES, "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
            .answers(options)
            .bytes());
  }

  /** what a server does, framed as in RTSP; small channels are those of media */
  @MethodSource("dialogues")
  @FuzzTest
  void shouldBearAnyServer(byte @NotNull [] bytes) {
    try (PullServer server = new PullServer(PullServer.options().credentials("me", "secret"))) {
      server.keeper.start();
      ByteBuf script = Unpooled.wrappedBuffer(bytes);
      InterleavedFrames frames = new InterleavedFrames();
      while (frames.next(script) == InterleavedFrames.Status.FRAME) {
        byte[] content = new byte[frames.length()];
        script.getBytes(frames.offset(), content);
        act(server, frames.channel(), content);
        assertThat(server.sinks.opened.stream().filter(sink -> !sink.closed).count())
            .isLessThanOrEqualTo(1);
      }
      int before = server.connected.size();
      server.unreachable = true;
      server.advance(Duration.ofMinutes(2));
      assertThat(server.keeper.statistics().state()).isNotEqualTo(RtspPull.State.IDLE);
      server.advance(Duration.ofMinutes(2));
      assertThat(server.connected).as("it calls again").hasSizeGreaterThan(before);
      server.keeper.stop();
      server.advance(Duration.ofMinutes(1));
      assertThat(server.sinks.opened).allMatch(sink -> sink.closed);
      assertThat(server.memory.used()).isZero();
    }
  }

  private static void act(PullServer server, int what, byte[] content) {
    if (what == TIME_PASSES) {
      int before = server.connected.size();
      server.advance(STEP);
      assertThat(server.connected.size() - before).isLessThanOrEqualTo(MOST_CALLS_A_STEP);
    } else if (server.channel.isOpen()) {
      keepsThePassword(server);
      if (what == ANSWER) {
        answer(server, new String(content, StandardCharsets.ISO_8859_1));
      } else {
        server.send(what == BYTES ? content : Rtp.frame(what, content));
      }
    }
  }

  private static void keepsThePassword(PullServer server) {
    String request = server.expect("");
    PullUrl asked = server.connected.get(server.connected.size() - 1);
    assertThat(request.contains("Authorization:") && !asked.host().equalsIgnoreCase("camera"))
        .isFalse();
    assertThat(request).doesNotContain("secret");
  }

  /** a status, header fields, and behind an empty line a body whose length is told rightly */
  private static void answer(PullServer server, String text) {
    String[] parts = text.split("\r\n\r\n", 2);
    String[] lines = parts[0].split("\r\n", 2);
    server.respondWithBody(
        lines[0], parts.length > 1 ? parts[1] : "", lines.length > 1 ? lines[1] : "");
  }

  private static final class Script {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Script add(int what, String content) {
      bytes.writeBytes(Rtp.frame(what, content.getBytes(StandardCharsets.ISO_8859_1)));
      return this;
    }

    Script answers(String... answers) {
      for (String answer : answers) {
        add(ANSWER, answer).add(TIME_PASSES, "");
      }
      return this;
    }

    Script media() {
      for (int i = 0; i < 3; i++) {
        bytes.writeBytes(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 7, i, 20)));
        bytes.writeBytes(Rtp.frame(1, Rtp.senderReport(7, i, 3_000 * i)));
        bytes.writeBytes(Rtp.frame(2, Rtp.packet(Rtp.AUDIO, 8, i, 20)));
      }
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
