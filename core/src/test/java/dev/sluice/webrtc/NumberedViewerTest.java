package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdp.Negotiations;
import org.junit.jupiter.api.Test;

class NumberedViewerTest {
  private static final String NO_REPEATS = "a=rtcp-fb:108 nack\r\n";

  @Test
  void shouldNotFitAPictureToWhatIsKnownOfTheSound() throws Exception {
    String offer = Negotiations.chromium();
    assertThat(ViewerFactory.isNumbered(Negotiations.of(offer))).isTrue();
    assertThat(ViewerFactory.isNumbered(Negotiations.of(offer.replace(NO_REPEATS, "")))).isFalse();
  }

  @Test
  void shouldKnowSoundWithoutAPictureByItself() throws Exception {
    assertThat(ViewerFactory.isNumbered(Negotiations.ofSound(Negotiations.chromium()))).isTrue();
  }
}
