package dev.sluice;

import static dev.sluice.Orders.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers come, give way and leave while their stream does, all at once. */
class ViewersConcurrencyTest {
  private static final int STEPS = 400;
  private static final int MOST_CONNECTING = 3;
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  private final Map<Viewer, AtomicInteger> ends = new ConcurrentHashMap<>();
  private final RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT
                  .withEventLoops(2)
                  .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
          .session(SessionOptions.DEFAULT.withMaxConnecting(MOST_CONNECTING))
          .listener(
              new RelayListener() {
                @Override
                public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
                  ends.computeIfAbsent(viewer, unknown -> new AtomicInteger()).incrementAndGet();
                }
              })
          .build();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldTellOfEachEndOnceAndForgetWhoIsGone() throws Exception {
    List<Viewer> some = new ArrayList<>();
    List<Viewer> others = new ArrayList<>();
    inParallel(() -> visit(new Random(1), some), () -> visit(new Random(2), others));
    engine.stream("cam").flatMap(LiveStream::publisher).ifPresent(Publisher::close);
    List<Viewer> all = new ArrayList<>(some);
    all.addAll(others);
    awaitEnds(all);
    assertThat(ends).containsKeys(all.toArray(Viewer[]::new));
    assertThat(ends.values()).extracting(AtomicInteger::get).containsOnly(1);
    assertThat(engine.statistics().viewers()).isZero();
    assertThat(engine.streams()).isEmpty();
  }

  private void visit(Random random, List<Viewer> mine) {
    for (int i = 0; i < STEPS; i++) {
      switch (random.nextInt(4)) {
        case 0 -> engine.publish("cam", VIDEO);
        case 1 -> engine.stream("cam").flatMap(LiveStream::publisher).ifPresent(Publisher::close);
        case 2 -> play(mine);
        default -> mine.stream().skip(random.nextInt(10)).findFirst().ifPresent(Viewer::close);
      }
      assertThat(engine.statistics().viewers()).isLessThanOrEqualTo(MOST_CONNECTING);
    }
  }

  private void play(List<Viewer> mine) {
    try {
      mine.add(engine.play("cam", SampleOffer.text()));
    } catch (UnknownStreamException nobodyPublishes) {
      // that may be
    } catch (NegotiationException nothingWasPublishedYet) {
      // nor is there anything to play
    }
  }

  private static void awaitEnds(List<Viewer> viewers) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(viewers.size());
    for (Viewer viewer : viewers) {
      viewer.onClose(ended::countDown);
      viewer.close();
    }
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
