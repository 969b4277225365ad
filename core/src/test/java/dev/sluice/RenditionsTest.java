package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.codec.Codec;
import dev.sluice.webrtc.WatchingPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that is published in several encodings. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenditionsTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT
                  .withEventLoops(1)
                  .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
          .listener(
              new RelayListener() {
                @Override
                public void renditionChanged(Viewer viewer, String rendition) {
                  changes.add(rendition);
                }
              })
          .build();

  private int pictures;

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldListWhoPublishesTheStreamFirst() {
    Publisher small = rendition("a-small");
    assertThat(engine.stream("cam").orElseThrow().isLive()).isFalse();
    Publisher own = engine.publish("cam", VIDEO);
    LiveStream stream = engine.stream("cam").orElseThrow();
    assertThat(stream.renditions()).containsExactly(own, small);
    assertThat(stream.publisher()).contains(own);
    own.close();
    assertThat(stream.isLive()).isFalse();
    assertThat(stream.renditions()).containsExactly(small);
    small.close();
    assertThat(engine.stream("cam")).isEmpty();
  }

  @Test
  void shouldRefuseTheNameOfTheStreamsOwnEncoding() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.publishRendition("cam", VIDEO, PublisherContext.HOST))
        .withMessageContaining("withRendition");
    assertThat(engine.streams()).isEmpty();
    engine.publish("cam", VIDEO, PublisherContext.HOST.withRendition("large"));
    assertThatIllegalArgumentException().isThrownBy(() -> rendition("large"));
    assertThat(rendition(PublisherContext.MAIN).isClosed()).isFalse();
  }

  @Test
  void shouldReplaceThePublisherOfTheSameEncodingAlone() {
    Publisher own = engine.publish("cam", VIDEO);
    Publisher small = rendition("small");
    Publisher another = rendition("small");
    assertThat(small.isClosed()).isTrue();
    assertThat(another.isClosed()).isFalse();
    assertThat(own.isClosed()).isFalse();
    engine.publish("cam", VIDEO);
    assertThat(own.isClosed()).isTrue();
    assertThat(another.isClosed()).isFalse();
  }

  @Test
  void shouldMoveAViewerToTheEncodingThatTheHostWantsAndBackWhenThatIsGone() throws Exception {
    Publisher own = engine.publish("cam", VIDEO);
    Publisher small = rendition("small");
    try (WatchingPeer peer = new WatchingPeer()) {
      Viewer viewer = watchSmall(peer, own, small);
      small.close();
      until(viewer, PublisherContext.MAIN, own);
      assertThat(changes).containsExactly("small", PublisherContext.MAIN);
    }
  }

  /** a camera starts again, and its main stream is there before the other one */
  @Test
  void shouldKeepAViewerOfAnotherEncodingWhenTheStreamComesBackAlone() throws Exception {
    Publisher own = engine.publish("cam", VIDEO);
    Publisher small = rendition("small");
    try (WatchingPeer peer = new WatchingPeer()) {
      Viewer viewer = watchSmall(peer, own, small);
      own.close();
      small.close();
      own = engine.publish("cam", VIDEO);
      until(viewer, PublisherContext.MAIN, own);
      assertThat(viewer.isClosed()).isFalse();
    }
  }

  private Viewer watchSmall(WatchingPeer peer, Publisher own, Publisher small) throws Exception {
    write(own);
    Viewer viewer = engine.play("cam", peer.offer());
    assertThat(viewer.statistics().rendition()).isNull();
    peer.watch(viewer, engine.localAddress());
    viewer.rendition("small");
    until(viewer, "small", own, small);
    return viewer;
  }

  private Publisher rendition(String id) {
    return engine.publishRendition("cam", VIDEO, PublisherContext.HOST.withRendition(id));
  }

  /** publishes until the viewer gets an encoding */
  private void until(Viewer viewer, String rendition, Publisher... publishers) {
    Await.await(
        () -> {
          pictures++;
          for (Publisher publisher : publishers) {
            write(publisher);
          }
          return rendition.equals(viewer.statistics().rendition());
        },
        "rendition " + rendition);
  }

  private void write(Publisher publisher) {
    publisher.frames("video").writeFrame(TestStreams.keyframe(), 3_000L * pictures);
    publisher.track("video").flush();
  }
}
