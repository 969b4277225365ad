package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.Engines;
import dev.sluice.webrtc.WatchingPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What viewers and publishers have counted stays when they are gone. */
class TotalsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final RelayEngine engine = Engines.onLoopback(1);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldKeepWhatViewersCountedThatAreGone() throws Exception {
    publish("cam");
    LiveStream stream = engine.stream("cam").orElseThrow();
    for (int i = 1; i <= 3; i++) {
      watch("cam");
      ViewerTotals totals = engine.statistics().viewerTotals();
      assertThat(totals.viewers()).isEqualTo(i);
      assertThat(totals.connected()).isEqualTo(i);
      assertThat(totals.handshakesBegun()).isEqualTo(i);
      assertThat(totals.handshakesDone()).isEqualTo(i);
      assertThat(totals.packetsSent()).isEqualTo(i);
      assertThat(totals.bytesSent()).isPositive();
      assertThat(totals.timeToFirstFrame().count()).isEqualTo(i);
      assertThat(totals.timeToFirstFrame().total()).isPositive().isLessThan(LONG.multipliedBy(3));
      assertThat(totals.disconnected()).containsEntry(DisconnectReason.CLOSED_BY_PEER, (long) i);
      assertThat(stream.viewerTotals()).isEqualTo(totals);
    }
    assertThat(engine.statistics().viewers()).isZero();
  }

  @Test
  void shouldCountForTheEngineWhatEndedWithAStream() throws Exception {
    Publisher first = publish("cam");
    watch("cam");
    ViewerTotals before = engine.statistics().viewerTotals();
    first.close();
    assertThat(engine.stream("cam")).isEmpty();
    assertThat(engine.statistics().viewerTotals()).isEqualTo(before);
    publish("cam");
    assertThat(engine.statistics().publisherTotals())
        .isEqualTo(new PublisherTotals(2, 2, 2L * TestStreams.KEYFRAME_LENGTH, 0, 0, 2));
    LiveStream anew = engine.stream("cam").orElseThrow();
    assertThat(anew.publisherTotals().publishers()).isEqualTo(1);
    assertThat(anew.viewerTotals().viewers()).isZero();
  }

  @Test
  void shouldCountAViewerThatNeverCame() throws Exception {
    publish("cam");
    CountDownLatch gone = new CountDownLatch(1);
    Viewer viewer = engine.play("cam", SampleOffer.text());
    viewer.onClose(gone::countDown);
    assertThat(viewer.disconnectReason()).isNull();
    assertThat(viewer.statistics().joined()).containsOnlyKeys(JoinPhase.ANSWERED);
    viewer.close();
    assertThat(gone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(viewer.disconnectReason()).isEqualTo(DisconnectReason.CLOSED_BY_HOST);
    ViewerTotals totals = engine.statistics().viewerTotals();
    assertThat(totals.viewers()).isEqualTo(1);
    assertThat(totals.handshakesBegun()).isZero();
    assertThat(totals.disconnected()).containsEntry(DisconnectReason.CLOSED_BY_HOST, 1L);
  }

  @Test
  void shouldTimeEachPhaseOfAJoin() throws Exception {
    publish("cam");
    Map<JoinPhase, Duration> joined = watch("cam").statistics().joined();
    assertThat(joined).containsOnlyKeys(JoinPhase.values());
    assertThat(List.copyOf(joined.values())).isSorted().allMatch(time -> time.compareTo(LONG) < 0);
  }

  /** returns when it is gone */
  private Viewer watch(String stream) throws Exception {
    try (WatchingPeer peer = new WatchingPeer()) {
      Viewer viewer = engine.play(stream, peer.offer());
      peer.watch(viewer, engine.localAddress());
      CountDownLatch gone = new CountDownLatch(1);
      viewer.onClose(gone::countDown);
      peer.leave(engine.localAddress());
      assertThat(gone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return viewer;
    }
  }

  private Publisher publish(String stream) {
    return TestStreams.publishKeyframe(engine, stream);
  }
}
