package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TestStreams;
import dev.sluice.Viewer;
import dev.sluice.webrtc.WatchingPeer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus scrapes. */
class EngineMetricsTest {
  private static final int VIEWERS = 20;
  private static final List<String> GROWING = List.of("_total", "_count", "_bucket", "_sum");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT
                  .withEventLoops(1)
                  .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
          .build();
  private long now;

  @BeforeEach
  void bind() {
    new EngineMetrics(engine, List.of(), () -> now).bindTo(registry);
    TestStreams.publishKeyframe(engine, "cam");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldNeverHaveACounterFallWhileViewersComeAndGo() throws Exception {
    Map<String, Double> before = scrape();
    for (int i = 0; i < VIEWERS; i++) {
      watchAndLeave();
      Map<String, Double> now = scrape();
      before.forEach(
          (meter, value) -> {
            if (GROWING.stream().anyMatch(meter.split("\\{")[0]::endsWith)) {
              assertThat(now.get(meter)).as(meter).isGreaterThanOrEqualTo(value);
            }
          });
      before = now;
    }
    assertThat(scrape())
        .containsEntry("sluice_viewers_answered_total", (double) VIEWERS)
        .containsEntry("sluice_handshakes_done_total", (double) VIEWERS)
        .containsEntry("sluice_packets_sent_total", (double) VIEWERS)
        .containsEntry("sluice_first_frame_seconds_count", (double) VIEWERS)
        .containsEntry(
            "sluice_viewers_disconnected_total{reason=\"closed_by_peer\"}", (double) VIEWERS)
        .containsEntry("sluice_viewers", 0.0);
  }

  @Test
  void shouldNameMetersAndUnitsByConvention() {
    assertThat(scrape().keySet())
        .contains(
            "sluice_streams",
            "sluice_tcp_connections",
            "sluice_media_sent_bytes_total",
            "sluice_keyframes_total",
            "sluice_first_frame_seconds_bucket{le=\"0.5\"}")
        .filteredOn(meter -> meter.startsWith("sluice_loop_idle_seconds{loop="))
        .hasSize(1);
  }

  @Test
  void shouldLiveAsLongAsItsEngine() {
    System.gc();
    assertThat(scrape()).containsEntry("sluice_streams", 1.0);
  }

  private void watchAndLeave() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (WatchingPeer peer = new WatchingPeer()) {
      Viewer viewer = engine.play("cam", peer.offer());
      viewer.onClose(gone::countDown);
      peer.watch(viewer, engine.localAddress());
      peer.leave(engine.localAddress());
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Map<String, Double> scrape() {
    now += TimeUnit.SECONDS.toNanos(1);
    Map<String, Double> values = new HashMap<>();
    registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return values;
  }
}
