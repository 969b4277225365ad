package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.rtsp.RtspServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A relay that others started, in the place of the profile's own. */
class WhepServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void shouldReadSeveral() {
    assertThat(WhepServer.parseAll("a|http://127.0.0.1:1/{stream}|2|3  b|http://127.0.0.1:4/x|5|6"))
        .containsExactly(
            new WhepServer("a", "http://127.0.0.1:1/{stream}", 2, 3),
            new WhepServer("b", "http://127.0.0.1:4/x", 5, 6));
    assertThat(WhepServer.parseAll("")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> WhepServer.parseAll("a|http://b|2"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldBeMeasuredByWhatViewersAndTheKernelSee() throws Exception {
    HttpServer http = HttpServer.create(ANY_PORT, 0);
    http.setExecutor(Executors.newCachedThreadPool());
    try (RelayEngine engine =
            RelayEngine.builder()
                .network(NetworkOptions.DEFAULT.withBindAddress(ANY_PORT).withEventLoops(1))
                .build();
        RtspServer rtsp = RtspServer.builder(engine).bind(ANY_PORT)) {
      http.createContext("/", exchange -> answer(engine, exchange));
      http.start();
      String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/{stream}";
      int port = rtsp.localAddress().getPort();
      RunResult result = run(new WhepServer("theirs", url, port, ProcessHandle.current().pid()));

      assertThat(result.error()).isNull();
      assertThat(result.get(Metric.FRAME_RATE)).isPositive();
      assertThat(result.get(Metric.CPU_FRAME)).isPositive();
      assertThat(result.get(Metric.RESIDENT)).isPositive();
      assertThat(result.get(Metric.WRONG)).isZero();
      assertThat(result.get(Metric.HEAP_LOADED)).as("what only our relay tells").isNaN();
    } finally {
      http.stop(0);
    }
  }

  private static RunResult run(WhepServer server) throws Exception {
    Scenario scenario =
        LoadCommand.parse(
            Preset.COMPARE,
            "--viewers=2",
            "--trial=0.3",
            "--settle=0.3",
            "--warmup=0.5",
            "--seconds=2");
    return new LoadRun(scenario, Variant.of(server), 1, new Progress(System.err)).run();
  }

  private static void answer(RelayEngine engine, HttpExchange exchange) throws IOException {
    String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String stream = exchange.getRequestURI().getPath().substring(1);
    byte[] answer = engine.play(stream, offer).answer().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(201, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
