package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhepOnDemandTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  private final RelayEngine engine =
      RelayEngine.builder()
          .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
          .build();
  private final WhepHandler handler = new WhepHandler(engine, WhepHandler.options().build());

  @BeforeEach
  void register() {
    engine.onDemand(name -> name.startsWith("camera/") ? () -> {} : null);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldAnswerWhenTheSourcePublishes() {
    CompletableFuture<SignallingResponse> response = post("/camera/1/whep");
    assertThat(response).isNotDone();
    engine.publish("camera/1", VIDEO);
    assertThat(response.join().status()).isEqualTo(201);
    assertThat(engine.stream("camera/1").orElseThrow().viewers()).hasSize(1);
  }

  @Test
  void shouldNotFindWhatNoSourceHas() {
    assertThat(post("/file/1/whep").join().status()).isEqualTo(404);
  }

  @Test
  void shouldSayWhatIsWrongWithAnOfferThatWaited() {
    CompletableFuture<SignallingResponse> response = post("/camera/1/whep", "no description");
    engine.publish("camera/1", VIDEO);
    assertThat(response.join().status()).isEqualTo(400);
  }

  @Test
  void shouldAnswerThoseWhoWaitWhenTheEngineCloses() {
    CompletableFuture<SignallingResponse> response = post("/camera/1/whep");
    engine.close();
    assertThat(response.join().status()).isEqualTo(404);
    assertThat(post("/camera/1/whep").join().status()).isEqualTo(503);
  }

  private CompletableFuture<SignallingResponse> post(String path) {
    return post(path, OfferTexts.read("chromium.sdp"));
  }

  private CompletableFuture<SignallingResponse> post(String path, String offer) {
    return handler
        .handleAsync(
            new SignallingRequest(
                "POST", path, Map.of("Content-Type", "application/sdp"), offer, null))
        .toCompletableFuture();
  }
}
