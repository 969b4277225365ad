package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stream.Publishers;
import dev.sluice.webrtc.PeerViewer;
import dev.sluice.webrtc.WatchingPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder sees of viewers and publishers. */
class FlightRecordTest {
  private static final List<String> PHASES =
      List.of("answer", "check", "handshakeWait", "handshake", "connect", "firstFrame");

  @TempDir private Path directory;
  private long clientNanos;

  @Test
  void shouldRecordAJoinWhosePhasesAddUpToTheClientsOwnTime() throws Exception {
    List<RecordedEvent> events = record(this::watchAndLeave);
    RecordedEvent joined = only(events, "ViewerJoined");
    long whole = joined.getDuration("whole").toNanos();
    List<Duration> phases = PHASES.stream().map(joined::getDuration).toList();
    assertThat(phases).noneMatch(Duration::isNegative);
    assertThat(phases.stream().mapToLong(Duration::toNanos).sum()).isEqualTo(whole);
    assertThat(whole).isPositive().isLessThanOrEqualTo(clientNanos);
    assertThat(joined.getString("stream")).isEqualTo("cam");
    assertThat(joined.getString("address")).startsWith("/127.0.0.1:");
    RecordedEvent gone = only(events, "ViewerGone");
    assertThat(gone.getString("reason")).isEqualTo("CLOSED_BY_PEER");
    assertThat(gone.getLong("packetsSent")).isEqualTo(1);
    assertThat(only(events, "PublisherUp").getString("protocol")).isEqualTo("host");
    assertThat(only(events, "PublisherDown").getLong("packetsReceived")).isEqualTo(1);
  }

  @Test
  void shouldRecordWhatLinksDoNotCarry() throws Exception {
    List<RecordedEvent> events = record(this::watchThroughSlowLink);
    RecordedEvent thinned = only(events, "ViewerThinned");
    assertThat(thinned.getString("stream")).isEqualTo("cam");
    assertThat(thinned.getBoolean("thinned")).isTrue();
    assertThat(thinned.getLong("estimatedBitrate")).isEqualTo(-1);
    assertThat(only(events, "RenditionChanged").getString("rendition")).isEqualTo("small");
    assertThat(events.stream().filter(event -> is(event, "BitrateHint")))
        .extracting(event -> event.getString("track") + ' ' + event.getLong("bitrate"))
        .containsExactly("video 500000", "video -1");
  }

  private void watchThroughSlowLink() {
    try (RelayEngine engine = builder().build()) {
      Publisher publisher = TestStreams.publishKeyframe(engine, "cam");
      PeerViewer viewer = (PeerViewer) engine.play("cam", SampleOffer.text());
      viewer.thinned(true);
      viewer.renditionChanged("small");
      Publishers.hintBitrate(publisher, "video", 500_000);
      Publishers.hintBitrate(publisher, "video", BitrateListener.UNLIMITED);
    }
  }

  private static boolean is(RecordedEvent event, String name) {
    return event.getEventType().getName().equals("dev.sluice." + name);
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found = events.stream().filter(event -> is(event, name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private List<RecordedEvent> record(Scene scene) throws Exception {
    try (Recording recording = new Recording()) {
      Stream.of(
              "ViewerJoined",
              "ViewerGone",
              "ViewerThinned",
              "RenditionChanged",
              "BitrateHint",
              "PublisherUp",
              "PublisherDown")
          .forEach(name -> recording.enable("dev.sluice." + name));
      recording.start();
      scene.play();
      recording.stop();
      Path file = directory.resolve("join.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    }
  }

  private void watchAndLeave() throws Exception {
    try (RelayEngine engine = builder().build();
        WatchingPeer peer = new WatchingPeer()) {
      Publisher publisher = TestStreams.publishKeyframe(engine, "cam");
      CountDownLatch gone = new CountDownLatch(1);
      String offer = peer.offer();
      long start = System.nanoTime();
      Viewer viewer = engine.play("cam", offer);
      viewer.onClose(gone::countDown);
      peer.watch(viewer, engine.localAddress());
      clientNanos = System.nanoTime() - start;
      peer.leave(engine.localAddress());
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
      publisher.close();
    }
  }

  private static RelayEngineBuilder builder() {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT
                .withEventLoops(1)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  private interface Scene {
    void play() throws Exception;
  }
}
