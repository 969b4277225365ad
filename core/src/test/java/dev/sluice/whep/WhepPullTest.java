package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.Await;
import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TestStreams;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.engine.Engines;
import dev.sluice.loop.Transport;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.webrtc.WatchingPeer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One engine pulls from another one, over HTTP and UDP on loopback. */
@Timeout(120)
class WhepPullTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final RelayEngine origin = engine();
  private final RelayEngine edge = engine();
  private final WhepEndpoint endpoint = new WhepEndpoint(origin);
  private final List<String> events = new CopyOnWriteArrayList<>();

  WhepPullTest() throws IOException {}

  private static RelayEngine engine() {
    return Engines.onLoopback(1);
  }

  @AfterEach
  void close() {
    edge.close();
    endpoint.close();
    origin.close();
  }

  private WhepPull pull(UnaryOperator<WhepPullBuilder> options) {
    WhepPullBuilder builder =
        WhepPull.builder(edge, "copy", endpoint.url("/cam/whep"))
            .leastRetry(SHORT)
            .mostRetry(SHORT)
            .listener(
                new WhepPullListener() {
                  @Override
                  public void connected(WhepPull pull) {
                    events.add("connected");
                  }

                  @Override
                  public void disconnected(WhepPull pull, String reason) {
                    events.add(reason);
                  }
                });
    return options.apply(builder).start();
  }

  private boolean isLive() {
    return edge.stream("copy").filter(LiveStream::isLive).isPresent();
  }

  private void await(WhepPull pull, WhepPull.State state) {
    Await.await(() -> pull.statistics().state() == state, state + ", it is " + pull.statistics());
  }

  private void watch() throws Exception {
    try (WatchingPeer peer = new WatchingPeer()) {
      peer.watch(edge.play("copy", peer.offer()), edge.localAddress());
    }
  }

  @Test
  void shouldLetTheSharedClientGoWithTheLastPull() {
    WeakReference<HttpClient> client = new WeakReference<>(WhepClient.shared());

    Await.await(
        () -> {
          System.gc();
          return client.get() == null;
        },
        "the client is held");
  }

  @Test
  void shouldPublishWhatTheEndpointSendsAndLeaveIt() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    WhepPull pull = pull(options -> options);
    await(pull, WhepPull.State.PLAYING);
    watch();
    assertThat(pull.statistics().media().packetsReceived()).isPositive();
    assertThat(pull.statistics().connections()).isEqualTo(1);
    assertThat(events).containsExactly("connected");

    pull.close();
    assertThat(pull.statistics().state()).isEqualTo(WhepPull.State.IDLE);
    Await.await(() -> !isLive(), "the stream's end");
    Await.await(() -> endpoint.count("DELETE") == 1, "DELETE");
    Await.await(() -> origin.statistics().viewers() == 0, "the viewer's end");
  }

  @Test
  void shouldComeBackWhenTheSourceDoes() throws Exception {
    WhepPull pull = pull(options -> options.mediaTimeout(Duration.ofSeconds(1)));
    Await.await(() -> pull.statistics().attempts() > 1, "another try");
    assertThat(pull.statistics().lastFailure()).contains("status 404");

    Publisher first = TestStreams.publishKeyframe(origin, "cam");
    Await.await(() -> pull.statistics().connections() > 0, "a session");
    first.close();
    Await.await(() -> events.contains("it sent no media for too long"), "its end");
    Await.await(() -> pull.statistics().lastFailure().contains("status 404"), "no stream");
    assertThat(isLive()).isFalse();

    long before = pull.statistics().connections();
    TestStreams.publishKeyframe(origin, "cam");
    Await.await(() -> pull.statistics().connections() > before, "another session");
    pull.close();
  }

  @Test
  void shouldComeBackWhenItsSessionIsEnded() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    WhepPull pull = pull(options -> options);
    await(pull, WhepPull.State.PLAYING);
    origin.stream("cam").orElseThrow().viewers().forEach(viewer -> viewer.close());
    Await.await(() -> pull.statistics().connections() == 2, "another session");
    assertThat(events.get(1)).contains("CLOSED_BY_PEER");
    watch();
  }

  @Test
  void shouldPullOnlyWhileSomebodyWants() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    WhepPull pull = pull(options -> options.onDemand(true).linger(Duration.ofSeconds(1)));
    assertThat(pull.statistics().state()).isEqualTo(WhepPull.State.IDLE);
    assertThat(endpoint.requests).isEmpty();

    edge.demand("copy").toCompletableFuture().join();
    watch();
    await(pull, WhepPull.State.IDLE);
    Await.await(() -> !isLive(), "the end");
  }

  @Test
  void shouldLeaveTheStreamToAnotherPublisher() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    WhepPull pull = pull(options -> options);
    await(pull, WhepPull.State.PLAYING);
    try (Publisher other = edge.publish("copy", List.of(TrackDescription.of("video", Codec.VP8)))) {
      Await.await(() -> events.contains("another publisher has the stream"), "its end");
      assertThat(other.isClosed()).isFalse();
    }
    Await.await(() -> pull.statistics().connections() == 2, "another session");
  }

  @Test
  void shouldShowItsTokenAndSayWhatItSends() {
    TestStreams.publishKeyframe(origin, "cam");
    WhepPull pull = pull(options -> options.bearerToken("secret"));
    await(pull, WhepPull.State.PLAYING);
    SignallingRequest post = endpoint.requests.get(0);
    assertThat(post.method()).isEqualTo("POST");
    assertThat(post.headers())
        .containsEntry("Authorization", "Bearer secret")
        .containsEntry("Content-Type", "application/sdp")
        .containsEntry("Accept", "application/sdp");
    pull.close();
    Await.await(() -> endpoint.count("DELETE") == 1, "DELETE");
    assertThat(endpoint.requests.get(endpoint.requests.size() - 1).headers())
        .containsEntry("Authorization", "Bearer secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void shouldFollowRedirections(int status) {
    TestStreams.publishKeyframe(origin, "cam");
    endpoint.script =
        request ->
            request.path().equals("/cam/whep")
                ? WhepEndpoint.status(status, Map.of("Location", "../cam/whep/"))
                : request.path().equals("/cam/whep/") ? redirected(request) : null;
    WhepPull pull = pull(options -> options);
    Await.await(() -> endpoint.count("POST") >= 2, "the second request");
    assertThat(endpoint.requests.get(1).path()).isEqualTo("/cam/whep/");
    pull.close();
  }

  private static SignallingResponse redirected(SignallingRequest request) {
    assertThat(request.body()).startsWith("v=0");
    return WhepEndpoint.status(404, Map.of());
  }

  @Test
  void shouldNotTellItsTokenToAnotherHost() throws IOException {
    try (WhepEndpoint other = new WhepEndpoint(origin)) {
      endpoint.script =
          request -> WhepEndpoint.status(307, Map.of("Location", other.url("/cam/whep")));
      WhepPull pull = pull(options -> options.bearerToken("secret"));
      Await.await(() -> other.count("POST") > 0, "the second request");
      assertThat(endpoint.requests.get(0).headers()).containsKey("Authorization");
      assertThat(other.requests.get(0).headers()).doesNotContainKey("Authorization");
      pull.close();
    }
  }

  @Test
  void shouldNotFollowRedirectionsForEver() {
    endpoint.script = request -> WhepEndpoint.status(307, Map.of("Location", "/cam/whep"));
    pull(options -> options);
    Await.await(() -> events.contains("it redirects again and again"), "its end");
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "404", "406", "422", "500", "503"})
  void shouldTryAgainWhereItIsRefused(int status) {
    endpoint.script = request -> new SignallingResponse(status, Map.of(), "no\r\nway");
    WhepPull pull = pull(options -> options);
    Await.await(() -> pull.statistics().attempts() > 2, "more tries");
    assertThat(pull.statistics().lastFailure())
        .isEqualTo("it answered with status " + status + ": no way");
    assertThat(pull.statistics().media()).isNull();
  }

  @Test
  void shouldLeaveARefusedEndpointAloneForLonger() {
    endpoint.script = request -> WhepEndpoint.status(401, Map.of());
    WhepPull pull = pull(options -> options.mostRetry(Duration.ofMinutes(10)));
    await(pull, WhepPull.State.WAITING);
    endpoint.script = request -> WhepEndpoint.status(503, Map.of("Retry-After", "600"));
    WhepPull other = pull(options -> options);
    await(other, WhepPull.State.WAITING);
    assertThat(pull.statistics().attempts()).isEqualTo(1);
    assertThat(other.statistics().attempts()).isEqualTo(1);
  }

  @Test
  void shouldSurviveAnswersThatAreNone() {
    for (SignallingResponse answer :
        List.of(
            new SignallingResponse(201, Map.of(), "v=0"),
            new SignallingResponse(201, Map.of("Content-Type", "application/sdp"), "v=0"),
            new SignallingResponse(
                201, Map.of("Content-Type", "application/sdp", "Location", "::"), "x"),
            new SignallingResponse(
                201, Map.of("Content-Type", "application/sdp"), "v=0\r\n".repeat(50_000)),
            new SignallingResponse(302, Map.of("Location", "/"), ""))) {
      endpoint.script = request -> answer;
      WhepPull pull = pull(options -> options);
      Await.await(() -> pull.statistics().attempts() > 1, "another try");
      assertThat(pull.statistics().lastFailure()).isNotEmpty();
      pull.close();
    }
  }

  @Test
  void shouldLeaveASessionWhoseAnswerIsOfNoUse() {
    endpoint.script =
        request ->
            request.method().equals("POST")
                ? new SignallingResponse(
                    201, Map.of("Content-Type", "application/sdp", "Location", "/s/1"), "v=0")
                : WhepEndpoint.status(200, Map.of());
    pull(options -> options);
    Await.await(() -> endpoint.count("DELETE") > 0, "DELETE");
    assertThat(endpoint.requests.get(1).path()).isEqualTo("/s/1");
  }

  @Test
  void shouldLeaveASessionOnlyOnTheHostThatMadeIt() throws IOException {
    try (WhepEndpoint other = new WhepEndpoint(origin)) {
      String elsewhere = other.url("/users/1").replace("127.0.0.1", "localhost");
      endpoint.script =
          request ->
              new SignallingResponse(
                  201, Map.of("Content-Type", "application/sdp", "Location", elsewhere), "v=0");
      WhepPull pull = pull(options -> options);
      Await.await(() -> pull.statistics().attempts() > 3, "more tries");
      assertThat(other.requests).isEmpty();
      pull.close();
    }
  }

  @Test
  void shouldNotStartWhenItsEngineIsClosed() {
    edge.close();
    assertThatIllegalStateException().isThrownBy(() -> pull(options -> options));
    assertThatIllegalStateException().isThrownBy(() -> pull(options -> options.onDemand(true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:70000/", "http://127.0.0.1:0/", "http://[::1]:99999/"})
  void shouldTryAgainWhereItIsLedToWhereNobodyCanBe(String location) {
    endpoint.script =
        request ->
            WhepEndpoint.status(
                request.method().equals("POST") ? 307 : 200, Map.of("Location", location));
    WhepPull pull = pull(options -> options);
    Await.await(() -> pull.statistics().attempts() > 1, "another try");
    endpoint.script =
        request ->
            new SignallingResponse(
                201, Map.of("Content-Type", "application/sdp", "Location", location), "v=0");
    long before = pull.statistics().attempts();
    Await.await(() -> pull.statistics().attempts() > before + 1, "another try");
    pull.close();
  }

  @Test
  void shouldTryAgainWhereNobodyListens() {
    endpoint.close();
    WhepPull pull = pull(options -> options);
    Await.await(() -> pull.statistics().attempts() > 1, "another try");
    assertThat(pull.statistics().lastFailure()).startsWith("it cannot be reached: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cam", "ftp://host/cam", "https:///cam", "https://user:secret@host/cam", "::"})
  void shouldRefuseOtherUrlsWithoutQuotingThem(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WhepPull.builder(edge, "copy", url))
        .withMessageStartingWith("url is of another form")
        .withMessageNotContaining("secret");
  }

  @Test
  void shouldTryNoMoreWhenItsEngineIsClosed() {
    EventLoopGroup lent = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    RelayEngine closing =
        RelayEngine.builder()
            .network(
                NetworkOptions.DEFAULT.withBindAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .eventLoops(lent)
            .build();
    try {
      WhepPull pull =
          WhepPull.builder(closing, "copy", endpoint.url("/none/whep"))
              .leastRetry(SHORT)
              .mostRetry(SHORT)
              .start();
      await(pull, WhepPull.State.WAITING);
      closing.close();
      await(pull, WhepPull.State.IDLE);
    } finally {
      closing.close();
      lent.shutdownGracefully();
    }
  }
}
