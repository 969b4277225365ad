package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.codec.Codec;
import dev.sluice.stream.Publishers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the host's code throws, it breaks nothing but itself. */
class HostFailureTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  static Stream<Throwable> throwables() {
    return Throwables.all();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldGoOnWhateverAListenerThrows(Throwable thrown) throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    CountDownLatch gone = new CountDownLatch(2);
    RelayListener listener =
        new RelayListener() {
          @Override
          public void streamUp(LiveStream stream) {
            events.add("up");
            throw Throwables.sneak(thrown);
          }

          @Override
          public void streamDown(LiveStream stream) {
            events.add("down");
            throw Throwables.sneak(thrown);
          }

          @Override
          public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
            events.add(reason.name());
            gone.countDown();
            throw Throwables.sneak(thrown);
          }
        };
    try (RelayEngine engine = builder().listener(listener).build()) {
      Publisher publisher = engine.publish("cam", VIDEO);
      for (int i = 0; i < 2; i++) {
        Viewer viewer = engine.play("cam", SampleOffer.text());
        viewer.onClose(
            () -> {
              throw Throwables.sneak(thrown);
            });
        viewer.close();
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.statistics().viewers()).isZero();
      publisher.close();
      assertThat(engine.streams()).isEmpty();
    }
    assertThat(events).containsExactly("up", "CLOSED_BY_HOST", "CLOSED_BY_HOST", "down");
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldAskEveryKeyframeListenerWhateverOneThrows(Throwable thrown) {
    List<String> asked = new ArrayList<>();
    try (RelayEngine engine = builder().build()) {
      Publisher publisher = engine.publish("cam", VIDEO);
      publisher.onKeyframeRequest(
          () -> {
            throw Throwables.sneak(thrown);
          });
      publisher.onKeyframeRequest(() -> asked.add("second"));
      Publishers.requestKeyframe(publisher);
      assertThat(asked).containsExactly("second");
    }
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldGiveASlotBackWhateverThrowsWhileAViewerIsMade(Throwable thrown) {
    AtomicBoolean failing = new AtomicBoolean(true);
    Retransmission retransmission =
        Retransmission.SHARED_HISTORY.withBuffers(
            () -> {
              if (failing.get()) {
                throw Throwables.sneak(thrown);
              }
              return new NoBuffer();
            });
    try (RelayEngine engine =
        builder()
            .retransmission(retransmission)
            .session(SessionOptions.DEFAULT.withMaxViewers(1))
            .build()) {
      engine.publish("cam", VIDEO);
      for (int i = 0; i < 3; i++) {
        assertThat(catchThrowable(() -> engine.play("cam", SampleOffer.text()))).isSameAs(thrown);
      }
      failing.set(false);
      assertThat(engine.play("cam", SampleOffer.text()).answer()).isNotEmpty();
    }
  }

  private static RelayEngineBuilder builder() {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT
                .withEventLoops(1)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  private static final class NoBuffer implements RetransmissionBuffer {
    @Override
    public void sent(int sequenceNumber, byte[] packet, int offset, int length) {}

    @Override
    public int find(int sequenceNumber, byte[] target, int offset) {
      return 0;
    }
  }
}
