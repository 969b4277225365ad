package dev.sluice.consumers.webmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.interop.WhepPeer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What Prometheus finds while viewers come and go. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureObservability(tracing = false)
class MetricsTest {
  private static final int VIEWERS = 20;
  private static final int AT_A_TIME = 4;
  private static final int FRAMES = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_NANOS = 10_000_000;

  @Autowired private TestRestTemplate http;
  @LocalServerPort private int port;

  private final Map<String, Double> before = new HashMap<>();
  private final Set<String> counters = new HashSet<>();
  private String type = "";

  @Test
  void shouldNeverLetACounterFall() throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(AT_A_TIME);
    List<Future<?>> visits = new ArrayList<>();
    for (int i = 0; i < VIEWERS; i++) {
      visits.add(crowd.submit(this::visit));
    }
    while (visits.stream().anyMatch(visit -> !visit.isDone())) {
      scrape();
    }
    for (Future<?> visit : visits) {
      visit.get();
    }
    Map<String, Double> last =
        await(
            figures ->
                figures.get("sluice_viewers") == 0
                    && figures.get("sluice_viewers_connected_total") == VIEWERS);
    crowd.shutdown();
    assertThat(last)
        .containsEntry("sluice_viewers_answered_total", (double) VIEWERS)
        .containsEntry("sluice_handshakes_done_total", (double) VIEWERS)
        .containsEntry("sluice_first_frame_seconds_count", (double) VIEWERS)
        .containsKeys("sluice_pictures_withheld_total", "sluice_media_sent_bytes_total");
    assertThat(sum(last, "sluice_viewers_disconnected_total{")).isEqualTo(VIEWERS);
    assertThat(last.get("sluice_packets_sent_total")).isGreaterThan(VIEWERS * FRAMES);
    assertThat(counters).hasSizeGreaterThan(30).allMatch(name -> name.endsWith("_total"));
  }

  /** one viewer, from its offer to its goodbye */
  private Void visit() throws Exception {
    URI whep = URI.create("http://127.0.0.1:" + port + "/demo/whep");
    try (WhepPeer peer = new WhepPeer(whep, Map.of())) {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (peer.frames() < FRAMES && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(POLL_NANOS);
      }
      assertThat(peer.frames()).isGreaterThanOrEqualTo(FRAMES);
    }
    return null;
  }

  private Map<String, Double> await(Predicate<Map<String, Double>> condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Map<String, Double> figures = scrape();
    while (!condition.test(figures) && System.nanoTime() - deadline < 0) {
      figures = scrape();
    }
    return figures;
  }

  /** all figures of the relay by name and tags, none of whose counters has fallen */
  private Map<String, Double> scrape() {
    Map<String, Double> figures = new HashMap<>();
    Set<String> growing = new HashSet<>();
    String text = http.getForObject("/actuator/prometheus", String.class);
    text.lines()
        .filter(line -> line.startsWith("sluice_") || line.startsWith("# TYPE sluice_"))
        .forEach(line -> read(line.split(" "), figures, growing));
    growing.forEach(
        name ->
            assertThat(figures.get(name))
                .as(name)
                .isGreaterThanOrEqualTo(before.getOrDefault(name, 0.0)));
    before.putAll(figures);
    return figures;
  }

  /** a type is said before the figures that are of it */
  private void read(String[] words, Map<String, Double> figures, Set<String> growing) {
    if (words[0].equals("#")) {
      type = words[3];
      if (type.equals("counter")) {
        counters.add(words[2]);
      }
      return;
    }
    figures.put(words[0], Double.valueOf(words[1]));
    if (!type.equals("gauge")) {
      growing.add(words[0]);
    }
  }

  private static double sum(Map<String, Double> figures, String prefix) {
    return figures.entrySet().stream()
        .filter(figure -> figure.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
