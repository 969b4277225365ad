package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static RelayServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RelayServer.start(options("--http-port=0", "--rtsp-port=0", "--webrtc-port=0"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/demo", "/demo/", "/not/published", "/%C3%A9"})
  void shouldAnswerWithThePage(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("<!doctype html>");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/demo", "/dashboard"})
  void shouldLetNoOtherOriginIntoAPageNorShowItInAFrame(String path) throws Exception {
    assertThat(get(path).headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
  }

  @ParameterizedTest
  @CsvSource({"/, /assets/app.js", "/dashboard, /assets/dashboard.js"})
  void shouldHaveEveryFileThatAPageNames(String page, String script) throws Exception {
    Set<String> named = named("/assets/[^\"]+", get(page).body());
    assertThat(named).contains(script, "/assets/style.css", "/assets/icon.svg");
    Deque<String> toRead = new ArrayDeque<>(named);
    while (!toRead.isEmpty()) {
      HttpResponse<String> file = get(toRead.peek());
      assertThat(file.statusCode()).as(toRead.pop()).isEqualTo(200);
      for (String imported : named("(?<=from '\\.)/[^']+", file.body())) {
        if (named.add("/assets" + imported)) {
          toRead.add("/assets" + imported);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard", "dashboard/x", "api", "assets/x"})
  void shouldReserveNamesWhosePathsMeanSomethingElse(String name) {
    assertThat(Router.isReserved(name)).isTrue();
    assertThat(Router.isReserved("my" + name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/assets/", "/assets/nothing", "/assets/..%2Fapp.js", "/api/", "/api/nothing"})
  void shouldNotFindWhatIsNotThere(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void shouldOnlyReadThePage() throws Exception {
    HttpResponse<String> response = send("POST", "/", "", "text/plain");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void shouldListTheDemoStream() throws Exception {
    assertThat(get("/api/streams").body())
        .contains("{\"codecs\":[\"H264\",\"OPUS\"],\"live\":true,\"name\":\"demo\",\"viewers\":0}");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,   /nothing/whep,       application/sdp, 404",
    "POST,   /demo/whep,          text/plain,      415",
    "PUT,    /demo/whep,          application/sdp, 405",
    "POST,   /mine/whip,          text/plain,      415",
    "POST,   /api/mine/whip,      application/sdp, 403",
    "DELETE, /mine/whip/nobody,   text/plain,      404",
    "DELETE, /demo/whep/nobody,   text/plain,      404",
    "PATCH,  /demo/whep/nobody,   application/trickle-ice-sdpfrag, 404",
  })
  void shouldAnswerErrorsWithProblemDetails(
      String method, String path, String contentType, int status) throws Exception {
    HttpResponse<String> response = send(method, path, "v=0\r\n", contentType);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void shouldRefuseAMalformedOffer() throws Exception {
    int status = send("POST", "/demo/whep", "nonsense", "application/sdp").statusCode();

    assertThat(status).isIn(400, 422);
  }

  @Test
  void shouldRefuseAnOfferThatIsTooLong() throws Exception {
    String body = "a".repeat(1 << 20);

    assertThat(send("POST", "/demo/whep", body, "application/sdp").statusCode()).isEqualTo(413);
  }

  @Test
  void shouldLetPagesOfOtherOriginsPlay() throws Exception {
    HttpResponse<String> response = send("OPTIONS", "/demo/whep", "", "text/plain");

    assertThat(response.statusCode()).isBetween(200, 204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
  }

  @Test
  void shouldSayWhichTcpPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      String port = "=" + taken.getLocalPort();

      assertThatThrownBy(() -> RelayServer.start(options("--webrtc-port=0", "--rtsp-port" + port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("RTSP cannot listen on TCP port " + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageEndingWith("--rtsp-port");
      assertThatThrownBy(
              () ->
                  RelayServer.start(
                      options("--webrtc-port=0", "--rtsp-port=0", "--http-port" + port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("HTTP cannot listen on TCP port " + taken.getLocalPort())
          .hasMessageEndingWith("--http-port");
      assertThatThrownBy(
              () -> RelayServer.start(options("--webrtc-port=0", "--webrtc-tcp-port" + port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("WebRTC cannot listen on TCP port " + taken.getLocalPort())
          .hasMessageEndingWith("--webrtc-tcp-port");
    }
  }

  @Test
  void shouldSayWhichUdpPortIsTaken() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      assertThatThrownBy(() -> RelayServer.start(options("--webrtc-port=" + taken.getLocalPort())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("WebRTC cannot listen on UDP port " + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageEndingWith("--webrtc-port");
    }
  }

  @Test
  void shouldGiveItsPortsBackWhenItIsClosed() throws Exception {
    int httpPort;
    try (RelayServer first =
        RelayServer.start(options("--http-port=0", "--rtsp-port=0", "--webrtc-port=0"))) {
      httpPort = first.address().getPort();
    }

    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new java.net.InetSocketAddress(LOOPBACK, httpPort));
      assertThat(again.isBound()).isTrue();
    }
  }

  private static Set<String> named(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ServerOptions options(String... args) {
    return ServerCommand.parse(args);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create(server.address() + path.substring(1));
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String contentType)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", contentType)
            .header("If-Match", "*")
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
