package dev.sluice.interop;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.rtsp.RtspPull;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.whep.WhepHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first viewer of a stream starts a pull, and the last one ends it. */
class OnDemandIT {
  private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

  /** for a busy machine: the group of pictures is a second */
  @Test
  void shouldShowWhatIsPulledForTheFirstViewerAndLeaveAfterTheLast() throws Exception {
    PeerConnectionFactory factory = LibwebrtcViewer.newFactory();
    try (RelayEngine origin = engine();
        RelayEngine edge = engine();
        RtspServer rtsp = RtspServer.builder(origin).bind(LOOPBACK);
        ClipPublisher publisher = new ClipPublisher(origin, "clip");
        RtspPull pull = pull(edge, rtsp)) {
      try (LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
        watch(edge, peer);
        await(() -> peer.frames() >= 30, "pictures");
        assertThat(pull.statistics().udp()).isTrue();
        assertThat(peer.statistics("INBOUND_RTP", "kind", "video").get("packetsLost")).isEqualTo(0);
        edge.stream("clip").map(LiveStream::viewers).orElseThrow().forEach(v -> v.close());
      }
      await(() -> pull.statistics().state() == RtspPull.State.IDLE, "the end of the pull");
      assertThat(edge.streams()).isEmpty();
    } finally {
      factory.dispose();
    }
  }

  private static RelayEngine engine() {
    return RelayEngine.builder().network(NetworkOptions.DEFAULT.withBindAddress(LOOPBACK)).build();
  }

  private static RtspPull pull(RelayEngine edge, RtspServer rtsp) {
    return RtspPull.builder(
            edge, "clip", "rtsp://127.0.0.1:" + rtsp.localAddress().getPort() + "/clip")
        .onDemand(true)
        .linger(Duration.ofSeconds(1))
        .start();
  }

  private static void watch(RelayEngine edge, LibwebrtcViewer peer) throws Exception {
    WhepHandler whep = new WhepHandler(edge, WhepHandler.options().build());
    SignallingResponse response =
        whep.handle(
            new SignallingRequest(
                "POST", "/clip/whep", Map.of("Content-Type", "application/sdp"), peer.offer()));
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    peer.answer(response.body());
  }
}
