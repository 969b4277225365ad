package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.sdp.OfferTexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayoutDelayTest {
  private static final String OFFER = OfferTexts.read("chromium.sdp");
  private static final String EXTENSION =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

  private static PlayoutDelay delay(long leastMillis, long greatestMillis) {
    return new PlayoutDelay(Duration.ofMillis(leastMillis), Duration.ofMillis(greatestMillis));
  }

  @Test
  void shouldRefuseWhatTheExtensionCannotSay() {
    assertThat(delay(0, 0).greatest()).isZero();
    assertThat(delay(40_950, 40_950).least()).isEqualTo(Duration.ofMillis(40_950));
    assertThatThrownBy(() -> delay(-10, 0)).hasMessageStartingWith("playoutDelay.least is ");
    assertThatThrownBy(() -> delay(0, 40_960)).hasMessageStartingWith("playoutDelay.greatest is ");
    assertThatThrownBy(() -> delay(20, 10)).hasMessageStartingWith("playoutDelay.greatest is ");
  }

  @Test
  void shouldAgreeOnTheExtensionOnlyWhereTheHostWantsIt() {
    assertThat(OFFER).contains(EXTENSION);
    assertThat(answer(SessionOptions.DEFAULT)).doesNotContain(EXTENSION);
    assertThat(answer(SessionOptions.DEFAULT.withPlayoutDelay(delay(0, 0)))).contains(EXTENSION);
  }

  private static String answer(SessionOptions session) {
    try (RelayEngine engine =
        RelayEngine.builder()
            .network(
                NetworkOptions.DEFAULT
                    .withEventLoops(1)
                    .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .session(session)
            .build()) {
      engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
      return engine.play("cam", OFFER).answer();
    }
  }
}
