package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers that say anything: the pull goes on, and nothing is thrown. */
class PullFuzzTest {
  private static final int RUNS = 400;
  private static final int MESSAGES = 30;
  private static final List<String> TOKENS =
      List.of(
          "RTSP/1.0 200 OK\r\n",
          "RTSP/1.0 401 Unauthorized\r\n",
          "RTSP/1.0 302 Found\r\n",
          "RTSP/1.0 461 Unsupported Transport\r\n",
          "RTSP/1.0 100 Continue\r\n",
          "OPTIONS * RTSP/1.0\r\n",
          "Session: 1;timeout=1\r\n",
          "Transport: RTP/AVP/TCP;interleaved=0-1\r\n",
          "Transport: RTP/AVP/TCP;interleaved=300\r\n",
          "Transport: ;;,,\r\n",
          "Location: rtsp://elsewhere/x\r\n",
          "Location: \r\n",
          "Content-Base: x\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: -1\r\n",
          "WWW-Authenticate: Digest realm=\"a\", nonce=\"b\"\r\n",
          "WWW-Authenticate: Digest , , =\"\\\r\n",
          "Public: GET_PARAMETER\r\n",
          "\r\n",
          "$\0\0\u0010",
          "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n");

  @Test
  void shouldBearWhateverAServerSays() {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      RtspPullBuilder options = PullServer.options().credentials("me", "secret");
      try (PullServer server = new PullServer(options)) {
        server.keeper.start();
        for (int i = 0; i < MESSAGES; i++) {
          step(server, random);
          server.advance(Duration.ofMillis(random.nextInt(400)));
        }
        for (int i = 0; i < 30; i++) {
          server.advance(Duration.ofSeconds(4));
        }
        assertThat(server.connected).as("run " + run).hasSizeGreaterThan(1);
        assertThat(server.keeper.statistics().state()).isNotEqualTo(RtspPull.State.IDLE);
        assertThat(server.keeper.statistics().lastFailure()).doesNotContain("Exception");
        assertThat(server.sinks.opened.stream().filter(sink -> !sink.closed).count())
            .isLessThanOrEqualTo(1);
      }
    }
  }

  private static void step(PullServer server, Random random) {
    if (!server.channel.isOpen()) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> server.send(Rtp.frame(random.nextInt(4), Rtp.packet(96, 7, random.nextInt(), 60)));
      case 1 -> server.send(garbage(random));
      default -> answer(server, random);
    }
  }

  private static void answer(PullServer server, Random random) {
    String request = server.expect("");
    if (request.startsWith("DESCRIBE")) {
      server.respondWithDescription();
    } else if (!request.isEmpty()) {
      server.respond("200 OK", random.nextInt(6) == 0 ? "Transport: x" : "Session: 1");
    }
  }

  private static byte[] garbage(Random random) {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      parts.add(TOKENS.get(random.nextInt(TOKENS.size())));
    }
    byte[] bytes = String.join("", parts).getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
