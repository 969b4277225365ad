package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.Throwables;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server in front of the engine. */
class EnginePublishTest {
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final InetSocketAddress anyPort =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private volatile Throwable thrownByHost;
  private RelayEngine engine;
  private RtspServer server;

  @BeforeEach
  void start() throws IOException {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(anyPort))
            .listener(
                new RelayListener() {
                  @Override
                  public void streamUp(LiveStream stream) {
                    events.add("up " + stream.name());
                  }

                  @Override
                  public void streamDown(LiveStream stream) {
                    events.add("down " + stream.name());
                    if (thrownByHost != null) {
                      throw Throwables.sneak(thrownByHost);
                    }
                  }
                })
            .build();
    server = RtspServer.builder(engine).bind(anyPort);
  }

  @AfterEach
  void stop() {
    server.close();
    engine.close();
  }

  private String uri() {
    return "rtsp://127.0.0.1:" + server.localAddress().getPort() + "/live/cam";
  }

  private SocketPeer publish() throws IOException {
    return publish(uri());
  }

  private SocketPeer publish(String uri) throws IOException {
    SocketPeer peer = new SocketPeer(server.localAddress().getPort());
    assertOk(peer.announce(uri));
    assertOk(peer.setUp(uri + "/streamid=0", "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertOk(peer.setUp(uri + "/streamid=1", "RTP/AVP/TCP;unicast;interleaved=2-3;mode=record"));
    assertOk(peer.request("RECORD", uri, ""));
    return peer;
  }

  private List<String> renditions() {
    return engine.stream("live/cam").stream()
        .flatMap(stream -> stream.renditions().stream())
        .map(publisher -> publisher.context().rendition())
        .toList();
  }

  @Test
  void shouldPublishAnotherEncodingBesideTheStreamsOwn() throws IOException {
    try (SocketPeer own = publish();
        SocketPeer low = publish(uri() + "?rendition=low")) {
      assertThat(renditions()).containsExactlyInAnyOrder("main", "low");
      Publisher publisher =
          engine.stream("live/cam").orElseThrow().renditions().stream()
              .filter(each -> each.context().rendition().equals("low"))
              .findAny()
              .orElseThrow();
      assertThat(publisher.statistics().tracks()).as("the picture alone").hasSize(1);
      low.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      await(() -> publisher.statistics().packetsReceived() == 1, "the packet");
      assertOk(own.request("GET_PARAMETER", uri(), ""));
      low.close();
      await(() -> renditions().equals(List.of("main")), "the end of the rendition");
    }
    await(() -> events.contains("down live/cam"), "the end of the stream");
    assertThat(events).containsExactly("up live/cam", "down live/cam");
  }

  @Test
  void shouldReplaceARenditionByANewerOneOfItsNameAlone() throws IOException {
    try (SocketPeer own = publish();
        SocketPeer high = publish(uri() + "?rendition=high");
        SocketPeer older = publish(uri() + "?rendition=low");
        SocketPeer newer = publish(uri() + "?token=a&rendition=low")) {
      older.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      assertThat(older.isAtEnd()).isTrue();
      for (SocketPeer peer : List.of(own, high, newer)) {
        assertOk(peer.request("GET_PARAMETER", uri(), ""));
      }
      assertThat(renditions()).containsExactlyInAnyOrder("main", "high", "low");
      assertThat(server.statistics().takeovers()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeTheMainRenditionForTheStreamItself() throws IOException {
    try (SocketPeer own = publish();
        SocketPeer newer = publish(uri() + "?rendition=main")) {
      own.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      assertThat(own.isAtEnd()).isTrue();
      assertThat(renditions()).containsExactly("main");
      assertOk(newer.request("GET_PARAMETER", uri(), ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "l%20w",
        "%FF",
        "a/b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void shouldRefuseARenditionWithoutAName(String name) throws IOException {
    try (SocketPeer peer = new SocketPeer(server.localAddress().getPort())) {
      assertThat(peer.announce(uri() + "?rendition=" + name)).startsWith("RTSP/1.0 400 ");
      assertThat(engine.streams()).isEmpty();
    }
  }

  @Test
  void shouldBringAStreamUpAndDown() throws IOException {
    try (SocketPeer peer = publish()) {
      LiveStream stream = engine.stream("live/cam").orElseThrow();
      assertThat(stream.isLive()).isTrue();
      assertThat(stream.tracks())
          .extracting(TrackDescription::codec)
          .containsExactly(Codec.H264, Codec.OPUS);
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      await(() -> server.statistics().rtpPackets() == 1, "the packet");
    }
    await(() -> events.contains("down live/cam"), "the end of the stream");
    assertThat(events).containsExactly("up live/cam", "down live/cam");
    assertThat(engine.stream("live/cam")).isEmpty();
  }

  @Test
  void shouldTellTheHostWhoPublishesAndWhat() throws IOException {
    try (SocketPeer peer = publish()) {
      Publisher publisher = engine.stream("live/cam").orElseThrow().publisher().orElseThrow();
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 3, 100)));
      await(() -> publisher.statistics().packetsReceived() == 2, "the packets");
      assertThat(publisher.statistics().bytesReceived()).isEqualTo(200);
      assertThat(publisher.statistics().packetsLost()).isEqualTo(1);
      assertThat(publisher.statistics().tracks()).hasSize(2);
      assertThat(publisher.context().protocol()).isEqualTo("rtsp");
      assertThat(publisher.context().remoteAddress().getAddress().isLoopbackAddress()).isTrue();
      assertThat(publisher.context().user()).isNull();
      assertThat(publisher.startedAt()).isBeforeOrEqualTo(Instant.now());
    }
  }

  @Test
  void shouldLetTheHostEndAPublisher() throws IOException {
    try (SocketPeer peer = publish()) {
      engine.stream("live/cam").orElseThrow().publisher().orElseThrow().close();
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(engine.streams()).isEmpty();
    }
  }

  static Stream<Throwable> throwables() {
    return Throwables.all();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndAConnectionWhateverAListenerThrows(Throwable thrown) throws IOException {
    thrownByHost = thrown;
    try (SocketPeer peer = publish()) {
      peer.send("BAD\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await(() -> server.statistics().connections() == 0, "the end of the connection");
    }
    assertThat(events).containsExactly("up live/cam", "down live/cam");
    assertThat(server.statistics().sessions()).isZero();
  }

  @Test
  void shouldCloseThePublisherThatANewerOneReplaces() throws IOException {
    try (SocketPeer older = publish();
        SocketPeer newer = publish()) {
      older.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 100)));
      assertThat(older.isAtEnd()).isTrue();
      newer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 2, 1, 100)));
      assertOk(newer.request("GET_PARAMETER", uri(), ""));
      assertThat(engine.stream("live/cam").orElseThrow().isLive()).isTrue();
    }
  }

  @Test
  void shouldSayWhichAddressIsTaken() {
    assertThatThrownBy(() -> RtspServer.builder(engine).bind(server.localAddress()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("RTSP")
        .hasMessageContaining(String.valueOf(server.localAddress().getPort()))
        .hasMessageContaining("another port");
  }

  @Test
  void shouldEndStreamsWhenTheServerIsClosed() throws IOException {
    try (SocketPeer peer = publish()) {
      server.close();
      assertThat(engine.streams()).isEmpty();
      assertThat(peer.isAtEnd()).isTrue();
    }
  }
}
