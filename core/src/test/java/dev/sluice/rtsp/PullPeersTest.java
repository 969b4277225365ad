package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.LiveStream;
import dev.sluice.PublisherContext;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackStatistics;
import dev.sluice.codec.Codec;
import dev.sluice.codec.PayloadCounts;
import dev.sluice.interop.Peers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams are pulled from GStreamer's RTSP server, and from another relay. */
class PullPeersTest {
  private static final int PACKETS = 60;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String PLAYER =
      "ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i %s -map 0:v -map 0:a"
          + " -frames:v 30 -f framehash -hash crc32 -";

  @TempDir Path directory;
  private final RelayEngine engine = RealPeers.engine();
  private Process camera;
  private int port;

  @BeforeEach
  void findPort() throws Exception {
    RealPeers.assumeCamera();
    port = RealPeers.freePort();
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
    if (camera != null) {
      Peers.stop(camera);
    }
  }

  private void startCamera(String transport, String authentication) throws Exception {
    camera = RealPeers.camera(port, transport, authentication, directory.resolve("camera"));
  }

  private RtspPullBuilder pull(String userInfo) {
    return RtspPull.builder(engine, "cam", "rtsp://" + userInfo + "127.0.0.1:" + port + "/cam")
        .leastRetry(Duration.ofMillis(100))
        .mostRetry(Duration.ofMillis(500));
  }

  @Test
  void shouldPublishTheSubStreamOfACameraAsAnotherEncodingOnDemand() throws Exception {
    startCamera("tcp", "digest");
    String address = "rtsp://127.0.0.1:" + port + "/sub";
    RtspPullBuilder options =
        pull("")
            .credentials("me", "secret")
            .rendition("sub", address)
            .onDemand(true)
            .linger(LONG)
            .patience(LONG);
    try (RtspPull pull = options.start()) {
      assertThat(pull.statistics("sub").attempts()).isZero();
      engine.demand("cam");
      await(
          () -> engine.stream("cam").filter(stream -> stream.renditions().size() == 2).isPresent(),
          "both encodings");
      await(() -> pull.statistics("sub").rtpPackets() > PACKETS, "media of the sub stream");
      assertThat(engine.stream("cam").orElseThrow().renditions())
          .extracting(publisher -> publisher.context().rendition())
          .containsExactly(PublisherContext.MAIN, "sub");
    }
    assertThat(engine.streams()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, digest, TCP",
    "tcp, basic, AUTOMATIC",
    "tcp, none, AUTOMATIC",
    "udp, digest, UDP",
    "udp, none, AUTOMATIC"
  })
  void shouldPublishWhatACameraSends(
      String cameraTransport, String authentication, RtspTransport transport) throws Exception {
    startCamera(cameraTransport, authentication);
    try (RtspPull pull = pull("me:secret@").transport(transport).start()) {
      awaitPackets();
      assertThat(pull.statistics().udp()).isEqualTo(cameraTransport.equals("udp"));
      assertThat(pull.statistics().rtpPackets()).isGreaterThan(PACKETS);
      await(() -> pull.statistics().rtcpPackets() > 0, "a sender report");
      assertThat(total().lost() + total().malformed()).isZero();
    }
    assertThat(engine.streams()).isEmpty();
  }

  private void awaitPackets() {
    await(() -> engine.stream("cam").map(LiveStream::isLive).orElse(false), "the stream");
    await(() -> total().packets() > PACKETS && total().keyframes() > 0, "packets");
  }

  private TrackStatistics total() {
    return engine.stream("cam")
        .flatMap(LiveStream::publisher)
        .map(publisher -> publisher.track("video").statistics())
        .orElse(new TrackStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, PayloadCounts.NONE));
  }

  @Test
  void shouldComeBackWithTheCamera() throws Exception {
    try (RtspPull pull = pull("me:secret@").start()) {
      await(() -> pull.statistics().attempts() > 1, "attempts");
      startCamera("tcp", "digest");
      awaitPackets();
      Peers.stop(camera);
      await(() -> engine.stream("cam").isEmpty(), "the end of the stream");
      startCamera("tcp", "digest");
      awaitPackets();
      assertThat(pull.statistics().connections()).isEqualTo(2);
    }
  }

  @Test
  void shouldSayThatThePasswordIsWrong() throws Exception {
    startCamera("tcp", "digest");
    try (RtspPull pull = pull("me:wrong@").start()) {
      await(() -> pull.statistics().lastFailure().contains("401"), "a refusal");
      assertThat(engine.streams()).isEmpty();
    }
  }

  @Test
  void shouldGoOnOverTcpWhereNothingComesOverUdp() throws Exception {
    engine.publish("silent", List.of(TrackDescription.of("video", Codec.H264)));
    try (RelayEngine edge = RealPeers.engine();
        RtspServer origin = server(engine);
        RtspPull relay = RtspPull.builder(edge, "copy", uri(origin, "silent")).start()) {
      await(() -> relay.statistics().connections() == 1, "a connection");
      assertThat(relay.statistics().udp()).isTrue();
      await(() -> relay.statistics().connections() == 2, "another connection");
      assertThat(relay.statistics().udp()).isFalse();
      assertThat(relay.statistics().lastFailure()).isEqualTo("no media came over UDP");
    }
  }

  @Test
  void shouldWaitForMediaOverUdpWhereNothingElseIsAllowed() throws Exception {
    engine.publish("silent", List.of(TrackDescription.of("video", Codec.H264)));
    try (RelayEngine edge = RealPeers.engine();
        RtspServer origin = server(engine);
        RtspPull relay =
            RtspPull.builder(edge, "copy", uri(origin, "silent"))
                .transport(RtspTransport.UDP)
                .mediaTimeout(Duration.ofSeconds(1))
                .start()) {
      await(() -> relay.statistics().attempts() == 2, "another attempt");
      assertThat(relay.statistics().lastFailure()).isEqualTo("no media came for a while");
    }
  }

  /** Viewer of a relay that pulls on demand from a relay that pulls from a camera. */
  @Test
  void shouldPullOnDemandFromAnotherRelay() throws Exception {
    Peers.assumeInstalled("ffmpeg");
    startCamera("udp", "digest");
    try (RelayEngine edge = RealPeers.engine();
        RtspServer origin = server(engine);
        RtspServer front = server(edge);
        RtspPull camera = pull("me:secret@").onDemand(true).linger(Duration.ofSeconds(1)).start();
        RtspPull relay =
            RtspPull.builder(edge, "live/cam", uri(origin, "cam"))
                .onDemand(true)
                .linger(Duration.ofSeconds(1))
                .start()) {
      assertThat(List.of(camera.statistics().state(), relay.statistics().state()))
          .containsOnly(RtspPull.State.IDLE);
      Process player =
          Peers.start(PLAYER.formatted(uri(front, "live/cam")), directory.resolve("player"));
      assertThat(player.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("player")).content().contains("\n0,").contains("\n1,");
      await(() -> relay.statistics().state() == RtspPull.State.IDLE, "the relay to leave");
      await(() -> camera.statistics().state() == RtspPull.State.IDLE, "the camera to be left");
    }
  }

  private static RtspServer server(RelayEngine relay) throws Exception {
    return RtspServer.builder(relay).bind(RealPeers.loopback());
  }

  private static String uri(RtspServer server, String stream) {
    return "rtsp://127.0.0.1:" + server.localAddress().getPort() + "/" + stream;
  }
}
