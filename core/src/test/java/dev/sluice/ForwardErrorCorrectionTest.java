package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.sdp.OfferTexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardErrorCorrectionTest {
  private static final String OFFER = OfferTexts.read("chromium.sdp");

  @Test
  void shouldBeAgreedOnOnlyWhereTheHostWantsIt() {
    SessionOptions corrects = SessionOptions.DEFAULT.withForwardErrorCorrection(true);
    assertThat(answer(SessionOptions.DEFAULT, Codec.H264)).doesNotContain("flexfec", "FEC-FR");
    assertThat(answer(corrects, Codec.H264)).contains("flexfec-03/90000", "a=ssrc-group:FEC-FR ");
    assertThat(answer(corrects, Codec.OPUS)).doesNotContain("flexfec", "FEC-FR");
  }

  private static String answer(SessionOptions session, Codec codec) {
    try (RelayEngine engine =
        RelayEngine.builder()
            .network(
                NetworkOptions.DEFAULT
                    .withEventLoops(1)
                    .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .session(session)
            .build()) {
      engine.publish("cam", List.of(TrackDescription.of("track", codec)));
      return engine.play("cam", OFFER).answer();
    }
  }
}
