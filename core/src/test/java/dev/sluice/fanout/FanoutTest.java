package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Throwables;
import dev.sluice.codec.Codec;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.UdpPath;
import dev.sluice.rate.BandwidthEstimator;
import dev.sluice.rate.UnlimitedLink;
import dev.sluice.stream.Track;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FanoutTest extends FanoutSetup {

  @Test
  void shouldRunOnceForEverythingPublishedSinceItLastRan() {
    PacketLog log = source();
    fanout.add(sender(true));
    fanout.add(sender(true));
    runTasks();
    for (int i = 0; i < 5; i++) {
      frame(log, i == 0);
      track.wake();
    }
    assertThat(tasks).hasSize(1);
    runTasks();
    assertThat(sent()).isEqualTo(10);
  }

  @Test
  void shouldSendInPartsWhatIsMuchAtOnce() {
    PacketLog log = source();
    fanout.add(sender(true));
    fanout.add(sender(true));
    frame(log, true);
    runTasks();
    sent();
    for (int i = 0; i < 300; i++) {
      frame(log, false);
    }
    track.wake();
    runTasks();
    int atOnce = sent() / 2;
    assertThat(atOnce).as("fits a socket buffer of the system's default size").isLessThan(60);
    track.wake();
    runTasks();
    assertThat(sent()).as("however often it is woken").isZero();
    int spans = 0;
    for (int left = 300 - atOnce; left > 0; spans++) {
      passSpan();
      int next = sent() / 2;
      assertThat(next).isBetween(1, 60);
      left -= next;
    }
    assertThat(spans * Burst.SPAN_NANOS).isLessThan(30_000_000);
    assertThat(delayed).isEmpty();
  }

  @Test
  void shouldSetNoTimerForALiveViewer() {
    PacketLog log = source();
    fanout.add(sender(true));
    for (int i = 0; i < 100; i++) {
      frame(log, i == 0);
      track.wake();
      runTasks();
      now += 33_000_000;
    }
    assertThat(sent()).isEqualTo(100);
    assertThat(delayed).isEmpty();
  }

  @Test
  void shouldLookAtNobodyElseWhileOneViewerCatchesUp() {
    PacketLog log = source();
    AtomicInteger looks = new AtomicInteger();
    ClearTransport live = new ClearTransport(socket);
    live.link = new ViewerLink(() -> counting(looks), true);
    fanout.add(sender(live, null, true));
    for (int i = 0; i < 100; i++) {
      frame(log, i == 0);
      track.wake();
      runTasks();
      now += 33_000_000;
    }
    fanout.add(sender(true));
    runTasks();
    sent();
    int before = looks.get();
    for (int i = 0; i < 100; i++) {
      passSpan();
    }
    assertThat(sent()).isGreaterThan(10);
    assertThat(looks.get()).isEqualTo(before);
  }

  @Test
  void shouldNotSendAViewersBacklogFasterBecauseOthersJoin() {
    PacketLog log = source();
    for (int i = 0; i < 300; i++) {
      frame(log, i == 0);
    }
    fanout.add(sender(true));
    runTasks();
    int atOnce = sent();
    for (int i = 0; i < 10; i++) {
      fanout.add(sender(false));
      runTasks();
    }
    assertThat(atOnce).isLessThan(60);
    assertThat(sent()).isZero();
  }

  @Test
  void shouldKeepViewersLiveWhenAStalledPublisherDeliversItsBacklogAtOnce() {
    PacketLog log = source();
    fanout.add(sender(true));
    for (int second = 0; second < 5; second++) {
      for (int i = 0; i < 500; i++) {
        packet(log, i == 0, second * 90_000 + i / 17 * 3_000, i % 17 == 16 || i == 499);
      }
      if (second == 0) {
        track.wake();
        runTasks();
        for (int i = 0; i < 20; i++) {
          passSpan();
        }
        assertThat(sent()).isEqualTo(500);
        now += 5_000_000_000L;
      }
    }
    track.wake();
    runTasks();
    int sent = sent();
    long behind = 0;
    for (; !delayed.isEmpty(); behind += Burst.SPAN_NANOS) {
      passSpan();
      sent += sent();
    }
    assertThat(sent).as("from a newer keyframe on").isBetween(500, 1_200);
    assertThat(behind).isLessThan(100_000_000);
  }

  static Stream<Throwable> throwables() {
    return Throwables.all();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndAViewerWhoseBufferThrowsAndNoOther(Throwable thrown) {
    ClearTransport failing =
        new ClearTransport(new UdpPath(socket, new InetSocketAddress("127.0.0.1", 5_001)));
    PacketLog log = source();
    fanout.add(sender(true));
    fanout.add(sender(failing, new FailingBuffer(thrown, 3)));
    fanout.add(sender(true));
    for (int i = 0; i < 10; i++) {
      frame(log, i == 0);
    }
    runTasks();
    assertThat(failing.failures).containsExactly(thrown);
    assertThat(receivers()).hasSize(20).containsOnly(ClearTransport.REMOTE);
    frame(log, false);
    track.wake();
    runTasks();
    assertThat(receivers()).hasSize(2);
  }

  @Test
  void shouldGoOnAtTheTailWithAudioWhosePathWasLostAndFound() {
    PacketLog log = source();
    TrackSender audio =
        new TrackSender(
            new ClearTransport(socket),
            new Track("audio", Codec.OPUS, 0),
            PARAMETERS,
            new Retransmitter(null, null, PARAMETERS, 0),
            new StartRule(true, Long.MAX_VALUE),
            0,
            0);
    fanout.add(audio);
    frame(log, false);
    runTasks();
    fanout.remove(audio);
    for (int i = 0; i < 20; i++) {
      frame(log, false);
    }
    fanout.add(audio);
    runTasks();
    assertThat(sent()).as("what was published before the path was lost").isEqualTo(1);
    frame(log, false);
    track.wake();
    runTasks();
    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void shouldNotThrowAtAPublisherWhenAnEventLoopHasEnded() {
    Fanout ended =
        new Fanout(
            track,
            task -> {
              throw new RejectedExecutionException();
            },
            egress,
            pacer,
            () -> now);
    PacketLog log = source();
    ended.add(sender(true));
    fanout.add(sender(true));
    frame(log, true);
    track.wake();
    leave(log);
    runTasks();
    assertThat(sent()).isEqualTo(1);
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void shouldNotWaitForASocketThatTakesNothing() {
    PacketLog log = source();
    fanout.add(sender(true));
    runTasks();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    frame(log, true);
    leave(log);
    runTasks();
    assertThat(sent()).isZero();
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void shouldNotBeWokenWithoutViewers() {
    TrackSender sender = sender(true);
    PacketLog log = source();
    fanout.add(sender);
    fanout.remove(sender);
    tasks.clear();
    frame(log, true);
    track.wake();
    assertThat(tasks).isEmpty();
    assertThat(fanout.isEmpty()).isTrue();
  }

  /** a link that carries everything, and counts how often it is asked */
  private static BandwidthEstimator counting(AtomicInteger looks) {
    BandwidthEstimator unlimited = new UnlimitedLink();
    return (BandwidthEstimator)
        Proxy.newProxyInstance(
            FanoutTest.class.getClassLoader(),
            new Class<?>[] {BandwidthEstimator.class},
            (proxy, method, arguments) -> {
              looks.addAndGet(method.getName().equals("estimate") ? 1 : 0);
              return method.invoke(unlimited, arguments);
            });
  }
}
