package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ConnectedViewers;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.SessionOptions;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.signalling.IceServer;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhepHandlerTest {
  private static final String SDP = "application/sdp";
  private static final String TRICKLE = "application/trickle-ice-sdpfrag";
  private static final String OFFER = OfferTexts.read("chromium.sdp");
  private static final String UFRAG = "y3jc";
  private static final String CANDIDATES =
      """
      a=ice-ufrag:y3jc
      a=ice-pwd:okE+ylExhcvOYTep7rFSzKUb
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=mid:0
      a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host
      a=end-of-candidates
      """;
  private static final String RESTART =
      CANDIDATES.replace(UFRAG, "ysXw").replace("okE+yl", "vw5Lmw");
  private static final int MAX_VIEWERS = 5;

  private RelayEngine engine;
  private WhepHandler handler;

  @BeforeEach
  void publish() {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
            .session(SessionOptions.DEFAULT.withMaxViewers(MAX_VIEWERS))
            .build();
    engine.publish("site/cam", List.of(TrackDescription.of("video", Codec.H264)));
    handler = new WhepHandler(engine, WhepHandler.options().build());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldCreateASession() {
    SignallingResponse response = post("/site/cam/whep?token=x", OFFER);

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).startsWith("v=0\r\n").contains("a=sendonly\r\n");
    assertThat(response.headers())
        .containsEntry("Content-Type", SDP)
        .containsEntry("Accept-Patch", TRICKLE)
        .containsEntry("Access-Control-Allow-Origin", "*")
        .doesNotContainKey("Link");
    assertThat(response.headers().get("Location"))
        .as("relative, since a proxy may have stripped a prefix")
        .matches("whep/[A-Za-z0-9_-]{20,}");
    assertThat(response.headers().get("ETag")).matches("\"[^\"]+\"");
    assertThat(response.headers().get("Access-Control-Expose-Headers"))
        .contains("Location", "ETag", "Link", "Accept-Patch");
    assertThat(engine.stream("site/cam").orElseThrow().viewers()).hasSize(1);
  }

  @Test
  void shouldTellIceServers() {
    handler =
        new WhepHandler(
            engine, WhepHandler.options().iceServer(new IceServer("stun:stun.example")).build());
    String link = "<stun:stun.example>; rel=\"ice-server\"";

    assertThat(post("/site/cam/whep", OFFER).headers()).containsEntry("Link", link);
    assertThat(request("OPTIONS", "/site/cam/whep", Map.of(), "").headers())
        .containsEntry("Link", link);
    assertThat(
            request(
                    "OPTIONS",
                    "/site/cam/whep",
                    Map.of("Access-Control-Request-Method", "POST"),
                    "")
                .headers())
        .as("preflight")
        .doesNotContainKey("Link");
  }

  @Test
  void shouldRefuseAnOfferThatIsNone() {
    String path = "/site/cam/whep";

    assertProblem(request("POST", path, Map.of("Content-Type", "text/plain"), OFFER), 415);
    assertProblem(request("POST", path, Map.of(), OFFER), 415);
    assertThat(request("POST", path, Map.of(), OFFER).headers()).containsEntry("Accept-Post", SDP);
    assertProblem(
        request("POST", path, Map.of("content-type", SDP, "accept", "text/html"), OFFER), 406);
    assertProblem(post(path, "x".repeat(SignallingRequest.MAX_BODY_LENGTH + 1)), 413);
    assertProblem(post(path, ""), 400);
    assertProblem(post(path, "hello"), 400);
    assertProblem(post(path, OFFER.replace("m=video 9", "m=video x")), 400);
    assertProblem(post(path, OFFER.replace("H264", "H265")), 422);
    assertProblem(post(path, OFFER.replaceAll("a=fingerprint.*\r\n", "")), 422);
    assertThat(post(path, OFFER.replaceAll("a=fingerprint.*\r\n", "")).body())
        .contains("a=fingerprint");
    assertThat(engine.stream("site/cam").orElseThrow().viewers()).isEmpty();
  }

  @Test
  void shouldSayWhyAnOfferIsNotServedOrNotWhole() {
    engine.publish(
        "av",
        List.of(
            TrackDescription.of("v", Codec.H264),
            new TrackDescription("a", Codec.OPUS, new OpusParameters(1))));

    SignallingResponse blind = post("/av/whep", OFFER.replace("H264", "VP8"));
    assertProblem(blind, 422);
    assertThat(blind.body()).contains("m-line 0 (video) does not offer H264/90000");

    SignallingResponse silent = post("/av/whep", OfferTexts.read("gstreamer-no-bundle.sdp"));
    assertThat(silent.status()).isEqualTo(201);
    assertThat(silent.body()).contains("\r\ni=m-line 1 (audio) is not bundled");
  }

  @Test
  void shouldKnowAStreamByOneSpellingOfItsName() {
    engine.publish("\u00fcber/a b", List.of(TrackDescription.of("video", Codec.H264)));

    for (String name : List.of("%C3%BCber/a%20b", "u%cc%88ber/a b".replace(" ", "%20"))) {
      SignallingResponse created = post("/" + name + "/whep", OFFER);
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      String session = "/" + name + "/" + created.headers().get("Location");
      assertThat(request("DELETE", session, Map.of(), "").status()).isEqualTo(200);
    }
    SignallingResponse refused = post("/%FCber/whep", OFFER);
    assertProblem(refused, 400);
    assertThat(refused.body()).contains("UTF-8");
  }

  @Test
  void shouldTakeMediaTypesWithParameters() {
    Map<String, String> headers =
        Map.of("CONTENT-TYPE", "Application/SDP; charset=utf-8", "ACCEPT", "text/html, */*;q=0.1");

    assertThat(request("POST", "/site/cam/whep", headers, OFFER).status()).isEqualTo(201);
  }

  @Test
  void shouldNotFindWhatIsNotThere() {
    String session = location(post("/site/cam/whep", OFFER));

    assertProblem(post("/other/whep", OFFER), 404);
    assertProblem(post("/site/cam", OFFER), 404);
    assertProblem(patch("/site/cam/whep/nobody", "*", CANDIDATES), 404);
    assertProblem(patch(session.replace("site/cam", "other"), "*", CANDIDATES), 404);
    assertProblem(request("DELETE", session + "x", Map.of(), ""), 404);
  }

  @Test
  void shouldTakeCandidates() {
    SignallingResponse created = post("/site/cam/whep", OFFER);
    String session = location(created);
    String tag = created.headers().get("ETag");

    SignallingResponse response = patch(session, tag, CANDIDATES);
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers()).doesNotContainKey("ETag");
    assertThat(patch(session, "*", CANDIDATES).status())
        .as("players that do not keep the tag")
        .isEqualTo(204);
    assertThat(
            request(
                    "PATCH",
                    session,
                    Map.of("Content-Type", TRICKLE, "If-Match", tag, "Accept", SDP),
                    CANDIDATES)
                .status())
        .as("there is no content to accept")
        .isEqualTo(204);
    assertThat(patch(session, "\"other\", " + tag, CANDIDATES).status()).isEqualTo(204);
    assertThat(patch(session, tag, "a=candidate:x\r\n").status())
        .as("an unusable candidate is discarded")
        .isEqualTo(204);
  }

  @Test
  void shouldRestartIceForNewCredentials() {
    SignallingResponse created = post("/site/cam/whep", OFFER);
    String session = location(created);
    String oldTag = created.headers().get("ETag");

    SignallingResponse response = patch(session, "*", RESTART);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", TRICKLE);
    assertThat(response.body()).contains("a=ice-lite\r\n", "a=mid:0\r\n", "a=candidate:");
    assertThat(ufrag(response)).isNotEqualTo(ufrag(created));
    String newTag = response.headers().get("ETag");
    assertThat(newTag).matches("\"[^\"]+\"").isNotEqualTo(oldTag);
    assertProblem(patch(session, oldTag, CANDIDATES), 412);
    assertThat(patch(session, newTag, RESTART).status())
        .as("candidates of the new ICE session")
        .isEqualTo(204);
    assertThat(patch(session, "\"*\"", CANDIDATES).status())
        .as("back to the first credentials, the asterisk as in figure 4 of RFC 9725")
        .isEqualTo(200);
  }

  @Test
  void shouldRefuseAPatchThatDoesNotFit() {
    SignallingResponse created = post("/site/cam/whep", OFFER);
    String session = location(created);
    String tag = created.headers().get("ETag");

    assertProblem(request("PATCH", session, Map.of("Content-Type", TRICKLE), CANDIDATES), 428);
    assertProblem(patch(session, "\"other\"", CANDIDATES), 412);
    assertProblem(patch(session, "W/" + tag, CANDIDATES), 412);
    assertProblem(
        request("PATCH", session, Map.of("Content-Type", SDP, "If-Match", tag), CANDIDATES), 415);
    assertProblem(patch(session, tag, "a=ice-ufrag:only\n"), 400);
    assertProblem(patch(session, tag, "hello"), 400);
    assertProblem(patch(session, tag, "x".repeat(SignallingRequest.MAX_BODY_LENGTH + 1)), 413);
  }

  @Test
  void shouldEndTheSessionOnDelete() {
    String session = location(post("/site/cam/whep", OFFER));

    assertThat(request("DELETE", session, Map.of("If-Match", "\"old\""), "").status())
        .as("the tag is ignored")
        .isEqualTo(200);
    assertProblem(request("DELETE", session, Map.of(), ""), 404);
    assertProblem(patch(session, "*", CANDIDATES), 404);
  }

  @Test
  void shouldForgetASessionWhoseViewerEnded() throws InterruptedException {
    String session = location(post("/site/cam/whep", OFFER));
    CountDownLatch ended = new CountDownLatch(1);
    engine.stream("site/cam")
        .orElseThrow()
        .viewers()
        .forEach(
            viewer -> {
              viewer.onClose(ended::countDown);
              viewer.close();
            });

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertProblem(request("DELETE", session, Map.of(), ""), 404);
  }

  @Test
  void shouldSayThatItIsUnavailableOnceTheEngineIsClosed() {
    engine.close();

    SignallingResponse response = post("/site/cam/whep", OFFER);

    assertProblem(response, 503);
    assertThat(response.headers()).containsKey("Retry-After");
  }

  @Test
  void shouldSayThatItIsUnavailableAtTheLimitOfViewers() {
    for (int i = 0; i < MAX_VIEWERS; i++) {
      location(post("/site/cam/whep", OFFER));
    }
    engine.stream("site/cam").orElseThrow().viewers().forEach(ConnectedViewers::connect);

    SignallingResponse response = post("/site/cam/whep", OFFER);

    assertProblem(response, 503);
    assertThat(response.headers()).containsKey("Retry-After");
  }

  @Test
  void shouldAnswerOptions() {
    SignallingResponse endpoint = request("OPTIONS", "/any/whep", Map.of(), "");
    SignallingResponse session = request("OPTIONS", "/any/whep/id", Map.of(), "");

    assertThat(endpoint.status()).isEqualTo(200);
    assertThat(endpoint.headers())
        .containsEntry("Accept-Post", SDP)
        .containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(endpoint.headers().get("Access-Control-Allow-Methods")).contains("POST");
    assertThat(endpoint.headers().get("Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "If-Match");
    assertThat(session.headers()).containsEntry("Accept-Patch", TRICKLE);
    assertThat(session.headers().get("Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
  }

  @Test
  void shouldKeepToTheAllowedOrigin() {
    SignallingOptions<Viewer> one =
        WhepHandler.options().allowedOrigin("https://player.example").build();
    SignallingOptions<Viewer> none = WhepHandler.options().allowedOrigin(null).build();
    SignallingRequest options = new SignallingRequest("OPTIONS", "/any/whep", Map.of(), "");

    assertThat(new WhepHandler(engine, one).handle(options).headers())
        .containsEntry("Access-Control-Allow-Origin", "https://player.example");
    assertThat(new WhepHandler(engine, none).handle(options).headers().keySet())
        .noneMatch(name -> name.startsWith("Access-Control"));
  }

  @Test
  void shouldAnswerGetWithoutContentAndOtherMethodsNotAtAll() {
    String session = location(post("/site/cam/whep", OFFER));

    for (String path : List.of("/site/cam/whep", session)) {
      assertThat(request("GET", path, Map.of(), "").status()).isEqualTo(204);
      assertThat(request("HEAD", path, Map.of(), "").status()).isEqualTo(204);
      SignallingResponse put = request("PUT", path, Map.of(), OFFER);
      assertProblem(put, 405);
      assertThat(put.headers().get("Allow")).contains("OPTIONS").doesNotContain("PUT");
    }
    assertProblem(request("PATCH", "/site/cam/whep", Map.of(), ""), 405);
    assertProblem(request("POST", session, Map.of(), ""), 405);
  }

  @Test
  void shouldAnswerAnyRequest() {
    SignallingResponse created = post("/site/cam/whep", OFFER);
    String[] methods = {"POST", "PATCH", "DELETE", "OPTIONS", "GET", "", "post", "\u0000"};
    String[] paths = {"/site/cam/whep", location(created), "/x/whep", "/", "", "/%/whep", "//whep"};
    String[] values = {SDP, TRICKLE, "*", "\"1\"", "", ",", ";", "\"", "*/*;q=0", "\r\n"};
    String[] bodies = {OFFER, CANDIDATES, RESTART, "", "v=0", "\u0000"};
    Random random = new Random(9110);
    for (int i = 0; i < 3_000; i++) {
      Map<String, String> headers = new HashMap<>();
      headers.put("Content-Type", any(values, random));
      headers.put("Accept", any(values, random));
      headers.put("If-Match", any(values, random));
      SignallingResponse response =
          request(any(methods, random), any(paths, random), headers, any(bodies, random));
      assertThat(response.status()).isBetween(200, 503).isNotEqualTo(500);
      if (response.status() >= 400) {
        assertProblem(response, response.status());
      }
    }
  }

  private SignallingResponse post(String path, String offer) {
    return request("POST", path, Map.of("Content-Type", SDP), offer);
  }

  private SignallingResponse patch(String path, String ifMatch, String fragment) {
    return request("PATCH", path, Map.of("Content-Type", TRICKLE, "If-Match", ifMatch), fragment);
  }

  private SignallingResponse request(
      String method, String path, Map<String, String> headers, String body) {
    return handler.handle(new SignallingRequest(method, path, headers, body));
  }

  private static void assertProblem(SignallingResponse response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.headers())
        .containsEntry("Content-Type", "application/problem+json")
        .containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(response.body()).contains("\"status\":" + status + ",\"detail\":\"");
  }

  private static String location(SignallingResponse created) {
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String location = Objects.requireNonNull(created.headers().get("Location"));
    return URI.create("/site/cam/whep").resolve(location).getPath();
  }

  private static String ufrag(SignallingResponse response) {
    int start = response.body().indexOf("a=ice-ufrag:");
    return response.body().substring(start, response.body().indexOf('\r', start));
  }

  private static String any(String[] of, Random random) {
    return of[random.nextInt(of.length)];
  }
}
