package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.engine.Engines;
import dev.sluice.spi.StreamReader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher that takes over in other codecs than viewers agreed to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CodecChangeTest {
  private final RelayEngine engine = Engines.onLoopback(1);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldEndViewersOfAnotherCodec() throws InterruptedException {
    publish(Codec.H264);
    Viewer viewer = engine.play("cam", SampleOffer.text());
    publish(Codec.VP9);
    awaitEnd(viewer);
    assertThat(viewer.disconnectReason()).isEqualTo(DisconnectReason.CODEC_CHANGED);
    LiveStream stream = engine.stream("cam").orElseThrow();
    Await.await(() -> stream.viewers().isEmpty(), "its viewer's leaving");
  }

  @Test
  void shouldEndViewersWhenAnotherCodecComesAfterASilence() throws InterruptedException {
    Publisher first = publish(Codec.H264, Codec.OPUS);
    Viewer viewer = engine.play("cam", SampleOffer.text());
    first.close();
    assertThat(viewer.isClosed()).isFalse();
    publish(Codec.VP9, Codec.OPUS);
    awaitEnd(viewer);
    assertThat(viewer.disconnectReason()).isEqualTo(DisconnectReason.CODEC_CHANGED);
  }

  @Test
  void shouldKeepViewersThatGoOn() throws InterruptedException {
    publish(Codec.H264, Codec.OPUS);
    Viewer viewer = engine.play("cam", SampleOffer.text());
    publish(Codec.H264);
    publish(Codec.OPUS);
    publish(Codec.VP9, Codec.H264, Codec.OPUS);
    Viewer next = engine.play("cam", SampleOffer.text());
    next.close();
    awaitEnd(next); // on the one event loop, after whatever the publishers brought about
    assertThat(viewer.isClosed()).isFalse();
  }

  @Test
  void shouldKeepViewersWhilePublishersTakeOverFromEachOther() throws InterruptedException {
    publish(Codec.H264);
    List<Viewer> viewers =
        Stream.generate(() -> engine.play("cam", SampleOffer.text())).limit(20).toList();
    List<Thread> publishers =
        Stream.generate(() -> new Thread(() -> publishOften(Codec.H264))).limit(4).toList();
    publishers.forEach(Thread::start);
    for (Thread publisher : publishers) {
      publisher.join();
    }
    Viewer next = engine.play("cam", SampleOffer.text());
    next.close();
    awaitEnd(next);
    assertThat(viewers).noneMatch(Viewer::isClosed);
  }

  @Test
  void shouldTellReadersThatNobodyPublishesInTheirCodec() {
    publish(Codec.H264, Codec.OPUS);
    try (StreamReader reader = engine.read("cam", Runnable::run, () -> {})) {
      assertThat(reader.isPublished()).isTrue();
      publish(Codec.OPUS);
      assertThat(reader.isPublished()).isTrue();
      publish(Codec.VP9, Codec.OPUS);
      assertThat(reader.isPublished()).isFalse();
      publish(Codec.H264);
      assertThat(reader.isPublished()).isTrue();
    }
  }

  private void publishOften(Codec codec) {
    for (int i = 0; i < 200; i++) {
      publish(codec);
    }
  }

  private Publisher publish(Codec... codecs) {
    return engine.publish(
        "cam", Stream.of(codecs).map(codec -> TrackDescription.of(codec.name(), codec)).toList());
  }

  private static void awaitEnd(Viewer viewer) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    viewer.onClose(ended::countDown);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
