package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.FrameInput;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlayProtocolTest {
  private static final byte[] KEYFRAME =
      HexFormat.of()
          .parseHex(
              "000000016764000aacd94426c044000003000400000300a03c489658"
                  + "0000000168ebe3cb22c0"
                  + "0000000165888040");
  private static final int FRAME_MAGIC = '$';

  private final RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT.withBindAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
          .build();
  private final Publisher publisher =
      engine.publish("live/cam", List.of(TrackDescription.of("video", Codec.H264)));
  private TestPeer peer = new TestPeer(new RtspServerBuilder(null), engine::read);

  @AfterEach
  void close() {
    peer.close();
    assertThat(peer.statistics().players()).isZero();
    engine.close();
  }

  @Test
  void shouldDescribeTheStreamsTracks() {
    assertThat(peer.request("DESCRIBE", URI))
        .startsWith("RTSP/1.0 200 OK")
        .contains("Content-Base: " + URI + "/\r\n")
        .contains("a=rtpmap:96 H264/90000\r\n", "a=control:track=0\r\n");
  }

  @Test
  void shouldDescribeWithoutTheQuery() {
    String slashes = "/".repeat(4_000);
    assertThat(peer.request("DESCRIBE", URI + slashes + "?" + slashes + "x?y"))
        .contains("Content-Base: " + URI + "/\r\n");
  }

  @Test
  void shouldSendMediaAndReportsAfterPlay() {
    play();
    peer.channel.runPendingTasks();
    byte[] sent = peer.sent();
    assertThat(sent[0]).isEqualTo((byte) FRAME_MAGIC);
    assertThat(sent[1]).as("channel of RTP").isEqualTo((byte) 4);
    assertThat(peer.statistics().packetsPlayed()).isPositive();
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.sent()[1]).as("channel of RTCP").isEqualTo((byte) 5);
  }

  @Test
  void shouldEndSomeTimeAfterThePublisher() {
    play();
    publisher.close();
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.channel.isOpen()).isTrue();
    for (int i = 0; i < 5; i++) {
      peer.advance(Duration.ofSeconds(4));
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldAnswerAPlayerThatHasMuchMediaToRead() {
    play();
    peer.sent();
    peer.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    assertOk(peer.request("PAUSE", URI));
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(peer.channel.isOpen()).isTrue();
  }

  @Test
  void shouldRefuseWhoMayNotPlay() {
    peer = new TestPeer(new RtspServerBuilder(null).playAuthorizer(who -> false), engine::read);
    assertThat(peer.request("DESCRIBE", URI)).startsWith("RTSP/1.0 401 ");
    assertThat(peer.request("SETUP", URI + "/track=0", "Transport: RTP/AVP/TCP"))
        .startsWith("RTSP/1.0 455 ");
  }

  @Test
  void shouldLimitPlayersAndNotFindUnknownStreams() {
    peer = new TestPeer(new RtspServerBuilder(null).maxPlayers(1), engine::read);
    assertThat(peer.request("DESCRIBE", URI + "/none")).startsWith("RTSP/1.0 404 ");
    assertOk(peer.request("DESCRIBE", URI));
    TestPeer second = new TestPeer(peer);
    assertThat(second.request("DESCRIBE", URI)).startsWith("RTSP/1.0 503 ");
    second.channel.close();
  }

  @Test
  void shouldAnswerWhenASourceOnDemandPublishes() {
    peer = new TestPeer(new RtspServerBuilder(null), new EngineStreams(engine));
    engine.onDemand(name -> name.equals("camera") ? () -> {} : null);
    assertThat(peer.request("DESCRIBE", "rtsp://127.0.0.1/camera")).isEmpty();
    peer.advance(Duration.ofSeconds(20));
    engine.publish("camera", List.of(TrackDescription.of("video", Codec.H264)));
    peer.channel.runPendingTasks();
    assertOk(peer.response());
    assertThat(peer.request("DESCRIBE", "rtsp://127.0.0.1/none")).startsWith("RTSP/1.0 404 ");
  }

  private void play() {
    FrameInput input = publisher.frames("video");
    input.writeFrame(ByteBuffer.wrap(KEYFRAME), 0);
    input.flush();
    assertOk(peer.request("DESCRIBE", URI));
    assertThat(peer.request("SETUP", URI + "/track=0", "Transport: RTP/AVP/TCP;interleaved=4-5"))
        .contains("interleaved=4-5;mode=play");
    String response = peer.request("PLAY", URI + "/", "Range: npt=0.000-");
    assertThat(response).contains("Range: npt=now-", "RTP-Info: url=" + URI + "/track=0;seq=");
    input.writeFrame(ByteBuffer.wrap(KEYFRAME), 3_000);
    input.flush();
  }
}
