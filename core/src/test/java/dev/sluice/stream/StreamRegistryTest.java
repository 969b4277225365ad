package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.FrameInput;
import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.SessionOptions;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.loop.EngineClock;
import dev.sluice.rate.BitrateHint;
import dev.sluice.rtcp.NtpTime;
import dev.sluice.rtp.BigEndian;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamRegistryTest {
  private static final ByteBuffer PICTURE =
      ByteBuffer.wrap(
          HexFormat.of()
              .parseHex("000000016742e01eda0280f6400000000168da2d082ee0000000016588804080112233"));
  private static final long SECOND = 1_000_000_000;
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  private final List<String> told = new ArrayList<>();
  private long now;
  private RateOptions rate = RateOptions.DEFAULT;

  @Test
  void shouldTellOfAStreamInOrderWhenThePublisherClosesWhileItsComingIsToldElsewhere()
      throws Exception {
    CountDownLatch coming = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StreamRegistry streams =
        registry(
            up -> {
              coming.countDown();
              awaitUninterrupted(goOn);
              told.add("up");
            },
            down -> told.add("down"));
    Thread first = new Thread(() -> streams.publish("cam", VIDEO, PublisherContext.HOST));
    first.start();
    assertThat(coming.await(20, TimeUnit.SECONDS)).isTrue();
    streams.publish("cam", VIDEO, PublisherContext.HOST).close();
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    goOn.countDown();
    first.join();
    assertThat(told).containsExactly("up", "up", "down", "up");
  }

  @Test
  void shouldTellALateListenerOfAKeyframeThatIsWanted() {
    Publisher publisher =
        registry(up -> {}, down -> {}).publish("cam", VIDEO, PublisherContext.HOST);
    AtomicInteger asked = new AtomicInteger();
    Publishers.requestKeyframe(publisher);
    publisher.onKeyframeRequest(asked::incrementAndGet);
    assertThat(asked).hasValue(1);
    publisher.onKeyframeRequest(asked::incrementAndGet);
    assertThat(asked).hasValue(1);
  }

  @Test
  void shouldTellListenersWhatTheLinksOfViewersCarry() {
    Publisher publisher = published();
    List<Long> hints = new ArrayList<>();
    publisher.onBitrateHint(
        (track, bitrate) -> {
          throw new IllegalStateException("a host's mistake");
        });
    publisher.onBitrateHint((track, bitrate) -> hints.add(bitrate));
    now += 2 * SessionOptions.DEFAULT.reportInterval().toNanos();
    write(publisher, 2_000_000);
    for (int i = 0; i < 3; i++, now += BitrateHint.REPORT_NANOS) {
      Publishers.track(publisher, "video").reportBitrate(now, 1_000_000);
    }
    assertThat(hints).containsExactly(900_000L);
    publisher.onBitrateHint((track, bitrate) -> told.add(track + ' ' + bitrate));
    assertThat(told).containsExactly("video 900000");
  }

  @Test
  void shouldWantReportsOnPicturesWhileSomebodyListens() {
    Publisher publisher = published();
    Track video = Publishers.track(publisher, "video");
    Track audio = Publishers.track(publisher, "audio");
    assertThat(video.wantsBitrateReports()).isFalse();
    publisher.onBitrateHint((track, bitrate) -> {});
    assertThat(video.wantsBitrateReports()).isTrue();
    assertThat(audio.wantsBitrateReports()).isFalse();
    publisher.close();
    assertThat(video.wantsBitrateReports()).isFalse();
  }

  @Test
  void shouldWantNoReportsWhereLinksAreNotEstimated() {
    rate = RateOptions.OFF;
    Publisher publisher = published();
    publisher.onBitrateHint((track, bitrate) -> told.add(track));
    assertThat(Publishers.track(publisher, "video").wantsBitrateReports()).isFalse();
  }

  @Test
  void shouldNoteWhenPicturesWereCapturedByTheSourcesClock() {
    Publisher publisher = published();
    FrameInput video = publisher.frames("video");
    video.writeFrame(PICTURE.duplicate(), 0);
    now += SECOND;
    video.senderReport(0xE8FE_1D00_0000_0000L, 99_000);
    video.writeFrame(PICTURE.duplicate(), 90_000);
    video.flush();
    assertThat(captured(publisher, 0)).isEqualTo(NtpTime.fromEpochMillis(0));
    assertThat(captured(publisher, 1)).isEqualTo(NtpTime.fromEpochMillis(900));
  }

  private static long captured(Publisher publisher, int picture) {
    PacketLog log = Objects.requireNonNull(Publishers.track(publisher, "video").log());
    long position = log.tail() / 2 * (picture + 1) - 1;
    byte[] stamp = new byte[Ring.STAMP_BYTES];
    assertThat(log.ring().isStamped(position)).isTrue();
    log.ring().copyStamp(position, stamp, 0);
    return BigEndian.getLong(stamp, 0);
  }

  private Publisher published() {
    List<TrackDescription> tracks = new ArrayList<>(VIDEO);
    tracks.add(TrackDescription.of("audio", Codec.OPUS));
    return registry(up -> {}, down -> {}).publish("cam", tracks, PublisherContext.HOST);
  }

  private void write(Publisher publisher, int bitrate) {
    ByteBuffer frame = ByteBuffer.allocate(bitrate / 8);
    publisher.frames("video").writeFrame(frame.duplicate(), 0);
    now += SECOND;
    publisher.frames("video").writeFrame(frame, 90_000);
  }

  @Test
  void shouldTellOfWhatAListenerCausedAfterIt() {
    StreamRegistry streams =
        registry(
            up -> {
              up.publisher().orElseThrow().close();
              told.add("up");
            },
            down -> told.add("down"));
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    assertThat(told).containsExactly("up", "down");
  }

  @Test
  void shouldGoOnTellingAfterAnErrorOfTheHosts() {
    StreamRegistry streams =
        registry(
            up -> {
              if (told.isEmpty()) {
                told.add("failed");
                throw new AssertionError("a host's mistake");
              }
            },
            down -> told.add("down"));
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    streams.publish("other", VIDEO, PublisherContext.HOST).close();
    assertThat(told).containsExactly("failed", "down");
  }

  @Test
  void shouldTellAlternatelyOfOneStreamThatManyThreadsPublishAndClose() throws Exception {
    AtomicInteger live = new AtomicInteger();
    AtomicInteger inListener = new AtomicInteger();
    List<String> wrong = new ArrayList<>();
    Consumer<Runnable> alone =
        change -> {
          if (inListener.incrementAndGet() != 1) {
            wrong.add("two at a time");
          }
          change.run();
          inListener.decrementAndGet();
        };
    StreamRegistry streams =
        registry(
            up -> alone.accept(() -> live.set(1)),
            down ->
                alone.accept(
                    () -> {
                      if (live.getAndSet(0) != 1) {
                        wrong.add("down twice");
                      }
                    }));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 2_000; n++) {
                  Publisher publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);
                  if (random.nextBoolean()) {
                    publisher.close();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    streams.close();
    assertThat(wrong).isEmpty();
    assertThat(live).hasValue(0);
  }

  private StreamRegistry registry(Consumer<LiveStream> up, Consumer<LiveStream> down) {
    RelayListener listener =
        new RelayListener() {
          @Override
          public void streamUp(LiveStream stream) {
            up.accept(stream);
          }

          @Override
          public void streamDown(LiveStream stream) {
            down.accept(stream);
          }
        };
    return Registries.with(listener, rate, new EngineClock(() -> now, 0), Registries.NOBODY_ASKS);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
