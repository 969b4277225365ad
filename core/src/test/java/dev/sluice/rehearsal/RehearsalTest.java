package dev.sluice.rehearsal;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.EngineStatistics;
import dev.sluice.Ingest;
import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.Viewer;
import dev.sluice.ViewerTotals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final RelayEngine engine = loopback().build();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldGoThroughWhatViewersNeedUntilItIsInterrupted() throws Exception {
    FutureTask<Void> rehearsal =
        new FutureTask<>(
            () -> {
              Rehearsal.play(engine, Duration.ofMinutes(5));
              return null;
            });
    Thread thread = new Thread(rehearsal);
    thread.start();
    await(() -> viewers().timeToFirstFrame().count() > 1, "two viewers with a picture");
    await(() -> engine.statistics().publisherTotals().packetsReceived() > 0, "their receiving");
    await(() -> viewers().rtcpBytesSent() > 0, "reports to them");
    await(() -> viewers().rtcpBytesReceived() > 0, "reports of them");
    await(() -> viewers().viewers() > Audience.SEATS, "more than there are seats for");
    await(() -> engine.statistics().viewers() <= Audience.SEATS, "the first ones' leaving");

    thread.interrupt();
    assertThatThrownBy(rehearsal::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void shouldBeOverAndUnseenWhenTheHostHasItsEngine() {
    List<String> heard = new CopyOnWriteArrayList<>();
    RelayListener host =
        new RelayListener() {
          @Override
          public void streamUp(LiveStream stream) {
            heard.add(stream.name());
          }

          @Override
          public void viewerConnected(Viewer viewer) {
            heard.add(viewer.id());
          }

          @Override
          public void ingestConnected(Ingest ingest) {
            heard.add(ingest.id());
          }
        };
    Retransmission buffered =
        Retransmission.SHARED_HISTORY.withBuffers(
            () -> {
              throw new AssertionError("the host's code is not rehearsed");
            });
    try (RelayEngine warm =
        loopback()
            .session(SessionOptions.DEFAULT.withMaxViewers(1).withWarmUp(Duration.ofSeconds(1)))
            .retransmission(buffered)
            .listener(host)
            .build()) {
      assertThat(heard).isEmpty();
      assertThat(warm.streams()).isEmpty();
      EngineStatistics statistics = warm.statistics();
      assertThat(statistics.viewerTotals().viewers()).isZero();
      assertThat(statistics.publisherTotals().publishers()).isZero();
      assertThat(statistics.datagramsReceived()).isZero();
    }
  }

  private ViewerTotals viewers() {
    return engine.statistics().viewerTotals();
  }

  private static RelayEngineBuilder loopback() {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT.withBindAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
