package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.Codec;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.signalling.Access;
import dev.sluice.signalling.Authorizer;
import dev.sluice.signalling.Decision;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhepAuthorizerTest {

  private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 4711);
  private static final String CHALLENGE = "Bearer realm=\"whep\"";

  private final RelayEngine engine =
      RelayEngine.builder()
          .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
          .build();
  private final List<Access> asked = new ArrayList<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final SignallingOptions.Builder<Viewer> options =
      WhepHandler.options().onSession(viewers::add);

  private WhepHandler handler = new WhepHandler(engine, options.build());

  WhepAuthorizerTest() {
    engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldAskForTheTokenOfWhoeverHasNone() {
    decide(access -> Decision.unauthorized());

    SignallingResponse response = post(null);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers())
        .containsEntry("WWW-Authenticate", CHALLENGE)
        .containsEntry("Content-Type", "application/problem+json");
    assertThat(response.headers().get("Access-Control-Expose-Headers"))
        .contains("WWW-Authenticate");
    assertThat(asked).singleElement().matches(access -> access.token() == null);
    assertThat(viewers).isEmpty();
  }

  /** RFC 6750, section 3.1. */
  @Test
  void shouldSayWhatIsWrongWithAToken() {
    decide(access -> Decision.unauthorized());
    assertThat(post("Bearer mF_9.B5f-4.1JqM").headers())
        .containsEntry("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"");

    decide(access -> Decision.forbidden());
    SignallingResponse forbidden = post("bearer  mF_9.B5f-4.1JqM==");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.headers())
        .containsEntry("WWW-Authenticate", CHALLENGE + ", error=\"insufficient_scope\"");
    assertThat(asked.stream().map(Access::token))
        .containsExactly("mF_9.B5f-4.1JqM", "mF_9.B5f-4.1JqM==");
  }

  @Test
  void shouldTellWhoAsksForWhat() {
    decide(access -> Decision.forbidden());

    post("Basic dXNlcjpwYXNz");

    Access access = asked.get(0);
    assertThat(access.stream()).isEqualTo("cam");
    assertThat(access.token()).isNull();
    assertThat(access.remoteAddress()).isEqualTo(REMOTE);
    assertThat(access.request().method()).isEqualTo("POST");
    assertThat(access.toString()).contains("cam").doesNotContain("dXNl");
  }

  @Test
  void shouldGiveTheHostTheViewerWithWhatIsKnownOfIt() {
    decide(access -> Decision.allow("alice"));

    SignallingResponse created = post("Bearer alice");

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    Viewer viewer = viewers.get(0);
    assertThat(viewer.context().attachment()).isEqualTo("alice");
    assertThat(viewer.context().signallingAddress()).isEqualTo(REMOTE);
    assertThat(viewer.context().userAgent()).isEqualTo("player/1.0");
    assertThat(engine.viewer(viewer.id())).containsSame(viewer);
  }

  @Test
  void shouldLetOnlyTheOwnerChangeOrEndASession() {
    decide(access -> Decision.allow(Objects.requireNonNull(access.token())));
    String session = session(post("Bearer alice"));

    assertThat(send("PATCH", session, "Bearer bob", "").status()).isEqualTo(403);
    assertThat(send("DELETE", session, "Bearer bob", "").status()).isEqualTo(403);
    assertThat(viewers.get(0).isClosed()).isFalse();
    assertThat(send("PATCH", session, "Bearer alice", "").status()).isEqualTo(204);
    assertThat(send("DELETE", session, "Bearer alice", "").status()).isEqualTo(200);
    assertThat(send("DELETE", session, "Bearer alice", "").status()).isEqualTo(404);
    assertThat(asked).as("a session that is gone is nobody's").hasSize(5);
  }

  @Test
  void shouldNotAskForWhatChangesNothing() {
    decide(access -> Decision.forbidden());

    assertThat(send("OPTIONS", "/cam/whep", null, "").status()).isEqualTo(200);
    assertThat(send("GET", "/cam/whep", null, "").status()).isEqualTo(204);
    assertThat(send("PUT", "/cam/whep", null, "").status()).isEqualTo(405);
    assertThat(send("DELETE", "/cam/whep/nobody", null, "").status()).isEqualTo(404);
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldWaitForTheDecisionWithoutHoldingAThread() {
    CompletableFuture<Decision> pending = new CompletableFuture<>();
    authorizeBy(access -> pending);

    CompletableFuture<SignallingResponse> response =
        handler.handleAsync(request("POST", "/cam/whep", null, offer())).toCompletableFuture();
    assertThat(response).isNotDone();
    assertThat(viewers).isEmpty();

    pending.complete(Decision.allow());
    assertThat(response).isCompletedWithValueMatching(created -> created.status() == 201);
  }

  @Test
  void shouldAnswerWhenTheAuthorizerFails() {
    List<Authorizer> failing =
        List.of(
            access -> {
              throw new AssertionError("a host's mistake");
            },
            access -> CompletableFuture.failedFuture(new IllegalStateException("no directory")),
            access -> CompletableFuture.completedFuture(null));
    for (Authorizer authorizer : failing) {
      authorizeBy(authorizer);
      assertThat(post("Bearer x").status()).isEqualTo(500);
    }
    assertThat(viewers).isEmpty();
  }

  @Test
  void shouldBelieveAProxyOnlyWhenItIsTold() {
    decide(access -> Decision.allow());
    SignallingRequest forwarded =
        new SignallingRequest(
            "POST",
            "/cam/whep",
            Map.of("Content-Type", "application/sdp", "X-Forwarded-For", "198.51.100.9"),
            offer(),
            REMOTE);

    handler.handle(forwarded);
    options.trustForwarded(true);
    decide(access -> Decision.allow());
    handler.handle(forwarded);

    assertThat(viewers)
        .extracting(viewer -> viewer.context().signallingAddress())
        .containsExactly(REMOTE, new InetSocketAddress("198.51.100.9", 0));
    assertThat(asked.get(1).remoteAddress()).isEqualTo(new InetSocketAddress("198.51.100.9", 0));
  }

  @Test
  void shouldGoOnWhenTheHostsCodeForAViewerFails() {
    options.onSession(
        viewer -> {
          throw new AssertionError("a host's mistake");
        });
    decide(access -> Decision.allow());

    assertThat(post(null).status()).isEqualTo(201);
  }

  private void decide(Function<Access, Decision> decision) {
    authorizeBy(
        access -> {
          asked.add(access);
          return CompletableFuture.completedFuture(decision.apply(access));
        });
  }

  private void authorizeBy(Authorizer authorizer) {
    handler = new WhepHandler(engine, options.authorizer(authorizer).build());
  }

  private SignallingResponse post(@Nullable String authorization) {
    return send("POST", "/cam/whep", authorization, offer());
  }

  private SignallingResponse send(
      String method, String path, @Nullable String authorization, String body) {
    return handler.handle(request(method, path, authorization, body));
  }

  private static SignallingRequest request(
      String method, String path, @Nullable String authorization, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put(
        "Content-Type",
        method.equals("PATCH") ? "application/trickle-ice-sdpfrag" : "application/sdp");
    headers.put("If-Match", "*");
    headers.put("User-Agent", "player/1.0");
    if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    return new SignallingRequest(method, path, headers, body, REMOTE);
  }

  private static String session(SignallingResponse created) {
    return "/cam/" + created.headers().get("Location");
  }

  private static String offer() {
    return OfferTexts.read("chromium.sdp");
  }
}
