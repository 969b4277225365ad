package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.Codec;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.signalling.RequestTexts;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Any request gets a response of HTTP, and none of them ends the engine. */
class WhepFuzzTest {
  private static RelayEngine engine;
  private static WhepHandler handler;

  @BeforeAll
  static void publish() {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
            .build();
    engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
    handler = new WhepHandler(engine, WhepHandler.options().build());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static Stream<byte[]> requests() {
    return Stream.of(
            "POST /cam/whep\nContent-Type: application/sdp\n\n" + OfferTexts.read("chromium.sdp"),
            "OPTIONS /cam/whep\nAccess-Control-Request-Method: POST\n\n",
            "PATCH /cam/whep/x\nIf-Match: \"1\"\nContent-Type: application/trickle-ice-sdpfrag\n\n"
                + "a=ice-ufrag:y3jc\n",
            "DELETE /cam/whep/%2E%2e\nAuthorization: Bearer x\n\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("requests")
  @FuzzTest
  void shouldAnswerAnyRequest(byte @NotNull [] bytes) {
    SignallingResponse response =
        handler.handle(RequestTexts.parse(new String(bytes, StandardCharsets.UTF_8)));

    assertThat(response.status()).isBetween(200, 499);
    engine.stream("cam").orElseThrow().viewers().forEach(Viewer::close);
  }
}
