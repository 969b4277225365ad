package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.log.SegmentPool;
import dev.sluice.receive.MediaSink;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.h264.H264Normalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of publishers that are odd but real, as they come over an RTSP connection. */
class CameraCasesTest {
  private static final Path CASES = Path.of("../../shared/cases");
  private static final int FRAMES = 25;
  private static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=-
      t=0 0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=fmtp:96 packetization-mode=1
      a=control:streamid=0
      """
          .replace("\n", "\r\n");

  private final PacketLog log =
      new PacketLog(new SegmentPool(0), new LogLimits(16_384, 1 << 20, 1L << 40, true));
  private final H264Normalizer normalizer = new H264Normalizer(log, 1_200);
  private final TestPeer peer = new TestPeer((name, tracks, context, keyframes) -> new Sink());

  @AfterEach
  void close() {
    peer.close();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-sequence-restart-same-ssrc",
        "02-one-byte-nal",
        "03-stap-a-trailing-zeros",
        "04-start-codes-between-nals"
      })
  void shouldShowEveryFrameAndLoseNothing(String name) throws IOException {
    byte[] media = read(CASES.resolve(name).resolve("media.interleaved"));
    assertOk(peer.requestWithBody("ANNOUNCE", URI, SDP, "Content-Type: application/sdp"));
    assertOk(peer.setUp(0, "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertOk(peer.request("RECORD", URI));
    peer.send(media);
    log.publish();

    assertThat(log.newestKeyframe()).isNotNegative();
    Ring ring = log.ring();
    int frames = 0;
    for (long position = 0; position < log.tail(); position++) {
      assertThat(ring.length(position)).as("packet %d", position).isPositive();
      frames += ring.marker(position) ? 1 : 0;
    }
    assertThat(frames).isEqualTo(FRAMES);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      String absent = "no recordings at " + CASES.toAbsolutePath().normalize();
      if (Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"))) {
        fail(absent);
      }
      abort(absent);
    }
    return Files.readAllBytes(file);
  }

  private final class Sink implements MediaSink {
    @Override
    public void writeRtp(int track, RtpPacket packet, int lostBefore) {
      normalizer.accept(
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength(),
          packet.timestamp(),
          packet.marker(),
          lostBefore > 0);
    }

    @Override
    public void senderReport(int track, long ntpTimestamp, int rtpTimestamp) {}

    @Override
    public void flush() {}

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public boolean isReplaced() {
      return false;
    }

    @Override
    public void close() {}
  }
}
