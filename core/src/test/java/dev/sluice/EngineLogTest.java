package dev.sluice;

import static dev.sluice.ConnectedViewers.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.codec.Codec;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.signalling.Authorizer;
import dev.sluice.signalling.Decision;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.webrtc.WatchingPeer;
import dev.sluice.whep.WhepHandler;
import dev.sluice.whip.WhipHandler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an engine writes to the log, and says of its health. */
class EngineLogTest {
  private static final Authorizer STRANGERS =
      access -> CompletableFuture.completedFuture(Decision.unauthorized());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  EngineLogTest() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void shouldSayWhereItRelaysAndOnWhat() {
    RelayEngine engine = builder().build();
    assertThat(lines("relays on"))
        .singleElement()
        .asString()
        .contains(
            "INFO",
            engine.localAddress().toString(),
            engine.health().transport(),
            "1 event loops",
            "Netty 4.",
            "Java " + Runtime.version());
    engine.close();
    engine.close();
    assertThat(lines("is closed")).singleElement().asString().contains("INFO");
  }

  @Test
  void shouldSayNothingOfItsWarmUp() {
    SessionOptions session = SessionOptions.DEFAULT.withWarmUp(Duration.ofSeconds(1));
    builder().session(session).build().close();
    assertThat(lines("relays on")).hasSize(1);
    assertThat(lines("is closed")).hasSize(1);
    assertThat(lines("'rehearsal")).isEmpty();
  }

  @Test
  void shouldSayWhyAViewerIsRefused() {
    try (RelayEngine engine = builder().build()) {
      catchThrowable(() -> engine.play("no\nstream", "no offer"));
      assertThat(lines("Refused a viewer"))
          .singleElement()
          .asString()
          .contains("WARN", "'no?stream'", "there is no stream");
    }
  }

  @Test
  void shouldSayWhatToDoAboutALostViewer() throws Exception {
    SessionOptions session = SessionOptions.DEFAULT.withMaxConnecting(1);
    try (RelayEngine engine = builder().session(session).build()) {
      engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
      CountDownLatch gone = new CountDownLatch(1);
      engine.play("cam", SampleOffer.text()).onClose(gone::countDown);
      engine.play("cam", SampleOffer.text());
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(lines("Lost a viewer"))
        .singleElement()
        .asString()
        .contains("WARN", "cam", "session.maxConnecting");
  }

  @Test
  void shouldSayWhyAPublisherIsRefused() {
    try (RelayEngine engine = builder().build()) {
      catchThrowable(() -> engine.ingest("cam", "no offer", PeerContext.NONE));
      assertThat(lines("Refused a publisher"))
          .singleElement()
          .asString()
          .contains("WARN", "'cam'", "an unknown address");
    }
  }

  @Test
  void shouldSayWhatToDoAboutALostPublisher() throws Exception {
    SessionOptions session = SessionOptions.DEFAULT.withMaxConnecting(1);
    try (RelayEngine engine = builder().session(session).build()) {
      CountDownLatch gone = new CountDownLatch(1);
      engine.ingest("cam", SampleOffer.toSend(), PeerContext.NONE).onClose(gone::countDown);
      engine.ingest("cam", SampleOffer.toSend(), PeerContext.NONE);
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(lines("Lost a publisher"))
        .singleElement()
        .asString()
        .contains("WARN", "cam", "session.maxConnecting");
  }

  @Test
  void shouldSayWhyRequestsAreRefusedThatTheEngineIsNotAskedFor() {
    try (RelayEngine engine = builder().build()) {
      new WhepHandler(engine, WhepHandler.options().build()).handle(offer("/none/whep"));
      new WhipHandler(engine, WhipHandler.options().authorizer(STRANGERS).build())
          .handle(offer("/cam/whip"));
    }
    assertThat(lines("Refused whep"))
        .singleElement()
        .asString()
        .contains("WARN", "'none'", "/192.0.2.1:9", "there is no stream");
    assertThat(lines("Refused whip"))
        .singleElement()
        .asString()
        .contains("WARN", "'cam'", "/192.0.2.1:9", "credentials");
  }

  @Test
  void shouldSayWhyAPlayerIsRefused() throws Exception {
    try (RelayEngine engine = builder().build();
        RtspServer server = RtspServer.builder(engine).bind(loopback());
        Socket client = new Socket(loopback().getAddress(), server.localAddress().getPort())) {
      client
          .getOutputStream()
          .write("DESCRIBE rtsp://relay/none?secret RTSP/1.0\r\nCSeq: 1\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(client.getInputStream().readNBytes(12), UTF_8)).endsWith("404");
    }
    assertThat(lines("Refused to play"))
        .singleElement()
        .asString()
        .contains("WARN", "'none'", "127.0.0.1", "no such stream")
        .doesNotContain("secret");
  }

  @Test
  void shouldLogComingAndGoingOfThoseOnlyThatConnect() {
    try (RelayEngine engine = builder().listener(RelayListener.logging()).build()) {
      TestStreams.publishKeyframe(engine, "cam");
      engine.play("cam", SampleOffer.text());
      engine.ingest("other", SampleOffer.toSend(), PeerContext.NONE);
      connect(engine.play("cam", SampleOffer.text()));
      connect(engine.ingest("cam", SampleOffer.toSend(), PeerContext.NONE));
    }
    assertThat(lines("watches stream 'cam'")).hasSize(2);
    assertThat(lines("publishes stream 'cam'")).hasSize(2);
    assertThat(lines("no more: ENGINE_CLOSED")).hasSize(2);
  }

  @Test
  void shouldLogWhoComesAndGoesWithoutSecrets() throws Exception {
    String id;
    try (RelayEngine engine = builder().listener(RelayListener.logging()).build();
        WatchingPeer peer = new WatchingPeer()) {
      TestStreams.publishKeyframe(engine, "cam");
      Viewer viewer = engine.play("cam", peer.offer());
      id = viewer.id();
      peer.watch(viewer, engine.localAddress());
    }
    assertThat(lines("INFO dev.sluice.RelayListener"))
        .hasSize(4)
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("'cam' is live, published by host"),
            line -> assertThat(line).contains("127.0.0.1", "watches stream 'cam'"),
            line -> assertThat(line).contains("no more: ENGINE_CLOSED"),
            line -> assertThat(line).contains("'cam' is down"));
    assertThat(written.toString(UTF_8)).doesNotContain(id);
  }

  @Test
  void shouldBeUpUntilItIsClosed() {
    RelayEngine engine = builder().build();
    assertThat(engine.health().isUp()).isTrue();
    assertThat(engine.health().loops()).hasSize(1);
    engine.close();
    assertThat(engine.health().open()).isFalse();
    assertThat(engine.health().isUp()).isFalse();
  }

  private static SignallingRequest offer(String path) {
    return new SignallingRequest(
        "POST",
        path,
        Map.of("Content-Type", "application/sdp"),
        SampleOffer.text(),
        new InetSocketAddress("192.0.2.1", 9));
  }

  private List<String> lines(String part) {
    return written.toString(UTF_8).lines().filter(l -> l.contains(part)).toList();
  }

  private static RelayEngineBuilder builder() {
    return RelayEngine.builder()
        .network(NetworkOptions.DEFAULT.withEventLoops(1).withBindAddress(loopback()));
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
