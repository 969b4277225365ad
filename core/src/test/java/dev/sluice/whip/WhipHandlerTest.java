package dev.sluice.whip;

import static dev.sluice.ConnectedViewers.connect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.SessionOptions;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.signalling.Decision;
import dev.sluice.signalling.IceServer;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishing over HTTP, with the offers of peers that nobody here wrote. */
class WhipHandlerTest {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 4711);
  private static final String OFFER =
      OfferTexts.read("chromium.sdp").replace("a=recvonly", "a=sendonly");
  private static final String RESTART =
      """
      a=ice-ufrag:ysXw
      a=ice-pwd:vw5LmwyExlhcvOYTep7rFSzKUb
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=mid:0
      """;

  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<String> gone = new CopyOnWriteArrayList<>();
  private final List<Ingest> sessions = new ArrayList<>();
  private final RelayEngine engine =
      RelayEngine.builder()
          .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
          .session(SessionOptions.DEFAULT.withMaxConnecting(2))
          .listener(new Host())
          .build();
  private WhipHandler handler =
      new WhipHandler(engine, WhipHandler.options().onSession(sessions::add).build());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldAnswerAnOfferToSend() {
    SignallingResponse response = post("/live/cam/whip", OFFER);

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers())
        .containsEntry("Content-Type", "application/sdp")
        .containsEntry("Location", "whip/" + sessions.get(0).id())
        .containsKeys("ETag", "Accept-Patch");
    assertThat(response.body())
        .contains("a=recvonly\r\n", "a=setup:passive\r\n", "a=ice-lite\r\n", " transport-cc\r\n")
        .doesNotContain("a=sendonly");
    assertThat(sessions.get(0).streamName()).isEqualTo("live/cam");
    assertThat(engine.stream("live/cam")).as("until the peer is connected").isEmpty();
    assertThat(engine.statistics().viewers()).isZero();
  }

  @Test
  void shouldTellOfIceServers() {
    handler =
        new WhipHandler(
            engine,
            WhipHandler.options().iceServer(new IceServer("stun:stun.example.net")).build());
    assertThat(post("/cam/whip", OFFER).headers())
        .containsEntry("Link", "<stun:stun.example.net>; rel=\"ice-server\"");
  }

  @Test
  void shouldRestartIceAndThenWantTheNewEntityTag() {
    SignallingResponse created = post("/cam/whip", OFFER);
    String tag = created.headers().get("ETag");

    SignallingResponse restarted = patch(tag);
    assertThat(restarted.status()).isEqualTo(200);
    assertThat(restarted.body()).contains("a=ice-ufrag:").contains("a=ice-pwd:");
    assertThat(restarted.headers().get("ETag")).isNotEqualTo(tag);
    assertThat(patch(tag).status()).isEqualTo(412);
  }

  @Test
  void shouldEndASession() throws Exception {
    post("/cam/whip", OFFER);
    CountDownLatch ended = new CountDownLatch(1);
    sessions.get(0).onClose(ended::countDown);
    String session = "/cam/whip/" + sessions.get(0).id();

    assertThat(request("DELETE", session, "", "", Map.of()).status()).isEqualTo(200);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(gone).containsExactly("cam CLOSED_BY_HOST");
    assertThat(request("DELETE", session, "", "", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void shouldSayWhyAnOfferCannotBeTaken() {
    SignallingResponse receiving = post("/cam/whip", OfferTexts.read("chromium.sdp"));
    assertThat(receiving.status()).isEqualTo(422);
    assertThat(receiving.body()).contains("does not send");

    SignallingResponse foreign = post("/cam/whip", OFFER.replaceAll("H26[45]|VP[89]|AV1", "FLV"));
    assertThat(foreign.status()).isEqualTo(422);
    assertThat(foreign.body()).contains("does not offer H264 or ");

    SignallingResponse held =
        post("/cam/whip", OFFER.replace("a=setup:actpass", "a=setup:holdconn"));
    assertThat(held.status()).isEqualTo(422);
    assertThat(held.body()).contains("a=setup has to be one of actpass, active, passive");

    assertThat(post("/cam/whip", "nonsense").status()).isEqualTo(400);
    assertThat(refused).hasSize(4).allMatch(reason -> reason.startsWith("cam " + REMOTE));
    assertThat(sessions).isEmpty();
  }

  @Test
  void shouldTellTheHostOfAPublisherForWhomThereIsNoRoom() {
    try (RelayEngine full =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
            .session(SessionOptions.DEFAULT.withMaxViewers(1))
            .listener(new Host())
            .build()) {
      handler = new WhipHandler(full, WhipHandler.options().onSession(sessions::add).build());
      post("/cam/whip", OFFER);
      connect(sessions.get(0));

      assertThat(post("/cam/whip", OFFER).status()).isEqualTo(503);
      assertThat(refused).singleElement().asString().contains("cam", "session.maxViewers");
    }
  }

  @Test
  void shouldTellTheHostOfARefusalFromAnUnknownAddress() {
    handler.handle(
        new SignallingRequest(
            "POST", "/cam/whip", Map.of("Content-Type", "application/sdp"), "nonsense", null));
    assertThat(refused).singleElement().asString().startsWith("cam null ");
  }

  @Test
  void shouldAskForATokenAndTellTheHost() {
    handler =
        new WhipHandler(
            engine,
            WhipHandler.options()
                .authorizer(
                    access ->
                        CompletableFuture.completedFuture(
                            "secret".equals(access.token())
                                ? Decision.allow("studio")
                                : Decision.unauthorized()))
                .onSession(sessions::add)
                .build());

    SignallingResponse stranger = post("/cam/whip", OFFER);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"whip\"");
    assertThat(refused).hasSize(1);

    SignallingResponse known =
        request(
            "POST",
            "/cam/whip",
            "application/sdp",
            OFFER,
            Map.of("Authorization", "Bearer secret"));
    assertThat(known.status()).isEqualTo(201);
    assertThat(sessions.get(0).context().attachment()).isEqualTo("studio");
    String session = "/cam/whip/" + sessions.get(0).id();
    assertThat(request("DELETE", session, "", "", Map.of()).status()).isEqualTo(401);
  }

  @Test
  void shouldLetTheOldestThatHasNotConnectedGiveWay() throws Exception {
    CountDownLatch evicted = new CountDownLatch(1);
    post("/a/whip", OFFER);
    sessions.get(0).onClose(evicted::countDown);
    post("/b/whip", OFFER);
    assertThat(evicted.getCount()).isEqualTo(1);
    assertThat(post("/c/whip", OFFER).status()).isEqualTo(201);
    assertThat(evicted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(gone).containsExactly("a EVICTED");
  }

  private SignallingResponse post(String path, String offer) {
    return request("POST", path, "application/sdp", offer, Map.of());
  }

  private SignallingResponse patch(String tag) {
    return request(
        "PATCH",
        "/cam/whip/" + sessions.get(0).id(),
        "application/trickle-ice-sdpfrag",
        RESTART,
        Map.of("If-Match", tag));
  }

  private SignallingResponse request(
      String method, String path, String type, String body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", type);
    return handler.handle(new SignallingRequest(method, path, headers, body, REMOTE));
  }

  private final class Host implements RelayListener {
    @Override
    public void publishRefused(String streamName, InetSocketAddress address, String reason) {
      refused.add(streamName + ' ' + address + ' ' + reason);
    }

    @Override
    public void ingestDisconnected(Ingest ingest, DisconnectReason reason) {
      gone.add(ingest.streamName() + ' ' + reason);
    }
  }
}
