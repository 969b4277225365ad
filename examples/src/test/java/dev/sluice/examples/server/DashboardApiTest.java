package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardApiTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 0.0.0.0
      s=-
      t=0 0
      a=fingerprint:sha-256 %s
      m=video 9 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 0.0.0.0
      a=mid:0
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=setup:actpass
      a=recvonly
      a=rtcp-mux
      a=rtpmap:96 H264/90000
      a=fmtp:96 packetization-mode=1;profile-level-id=42e01f
      """
          .formatted("AB" + ":CD".repeat(31))
          .replace("\n", "\r\n");

  private RelayServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        RelayServer.start(ServerCommand.parse("--http-port=0", "--rtsp-port=0", "--webrtc-port=0"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldTellOfProcessEngineAndStreams() throws Exception {
    Map<String, Object> statistics = statistics("");

    assertThat(map(statistics.get("process"))).containsKeys("cpuMillis", "heapUsed", "heapMax");
    assertThat(map(statistics.get("engine"))).containsEntry("viewers", 0).containsKey("bytes");
    assertThat(list(statistics.get("viewers"))).isEmpty();
    assertThat(list(statistics.get("streams")))
        .singleElement()
        .satisfies(
            stream -> {
              assertThat(stream).containsEntry("name", "demo").containsEntry("live", true);
              assertThat(list(stream.get("tracks")))
                  .extracting(track -> track.get("codec"))
                  .containsExactly("H264", "OPUS");
            });
  }

  @Test
  void shouldShowAViewerAndEndIt() throws Exception {
    HttpResponse<String> joined =
        send(
            "POST",
            "/demo/whep",
            BodyPublishers.ofString(OFFER),
            "Content-Type",
            "application/sdp");
    assertThat(joined.statusCode()).as(joined.body()).isEqualTo(201);
    String session = joined.headers().firstValue("Location").orElseThrow();

    Map<String, Object> viewer = list(statistics("?stream=demo").get("viewers")).get(0);
    assertThat(viewer).containsEntry("connected", false).containsKeys("traffic", "startedAtMillis");
    String tag = viewer.get("tag").toString();
    assertThat(session).doesNotContain(tag);
    assertThat(put("/api/viewers/rendition?id=small&tag=" + tag)).isEqualTo(204);
    assertThat(put("/api/viewers/rendition?id=&tag=" + tag)).isEqualTo(204);
    assertThat(put("/api/viewers/rendition?id=small&tag=nobody")).isEqualTo(404);
    assertThat(delete("/api/viewers?tag=" + tag)).isEqualTo(204);

    assertThat(disconnects()).isEqualTo(Map.of("CLOSED_BY_HOST", 1));
    assertThat(list(statistics("?stream=demo").get("viewers"))).isEmpty();
    assertThat(delete("/api/viewers?tag=" + tag)).isEqualTo(404);
  }

  @Test
  void shouldEndAPublisher() throws Exception {
    assertThat(delete("/api/publishers?stream=demo")).isEqualTo(204);

    assertThat(list(statistics("").get("streams"))).isEmpty();
    assertThat(delete("/api/publishers?stream=demo")).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/viewers",
        "/api/viewers?tag=%00",
        "/api/publishers",
        "/api/publishers?stream="
      })
  void shouldFindNobodyWithoutAName(String path) throws Exception {
    assertThat(delete(path)).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/statistics",
    "DELETE, /api/viewers?tag=0",
    "DELETE, /api/publishers?stream=demo",
  })
  void shouldRefusePagesOfOtherOrigins(String method, String path) throws Exception {
    HttpResponse<String> response =
        send(method, path, BodyPublishers.noBody(), "Origin", "http://example.org");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(list(statistics("").get("streams"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,    /api/statistics, GET",
    "GET,     /api/viewers,    DELETE",
    "POST,    /api/publishers, DELETE",
    "OPTIONS, /api/publishers, DELETE",
  })
  void shouldTakeNoOtherMethod(String method, String path, String allowed) throws Exception {
    HttpResponse<String> response =
        send(method, path, BodyPublishers.noBody(), "Accept", "text/plain");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
  }

  private Map<String, Object> statistics(String query) throws Exception {
    HttpResponse<String> response =
        send("GET", "/api/statistics" + query, BodyPublishers.noBody(), "Accept", "*/*");
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.std.mapFrom(response.body());
  }

  /** once there are any: a session ends on its event loop, after the request was answered */
  private Map<String, Object> disconnects() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Map<String, Object> counts = Map.of();
    while (counts.isEmpty() && System.nanoTime() - deadline < 0) {
      counts = map(map(statistics("").get("sessions")).get("disconnects"));
    }
    return counts;
  }

  private int delete(String path) throws Exception {
    return change("DELETE", path);
  }

  private int put(String path) throws Exception {
    return change("PUT", path);
  }

  private int change(String method, String path) throws Exception {
    String own = "http://" + server.address().getAuthority();
    return send(method, path, BodyPublishers.noBody(), "Origin", own).statusCode();
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, body)
            .header(header, value)
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object json) {
    return (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object json) {
    return (List<Map<String, Object>>) json;
  }
}
