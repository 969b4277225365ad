package dev.sluice.examples.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ClipTest {
  private static final int HYBRID_FULL_BAND_20_MS = 15;
  private static final int CELT_FULL_BAND_20_MS = 31;

  @Test
  void shouldHoldPicturesAndSoundsOfTheSameLength() throws IOException {
    Clip clip = Clip.sample();

    assertThat(clip.pictures()).hasSize(10 * Clip.PICTURES_PER_SECOND);
    assertThat(clip.sounds()).hasSize(10 * Clip.SOUNDS_PER_SECOND);
    assertThat(clip.channels()).isEqualTo(1);
  }

  @Test
  void shouldStartWithAKeyframeAndItsParameterSets() throws IOException {
    byte[] first = bytes(Clip.sample().pictures().get(0));

    assertThat(first).containsSequence(0, 0, 1, 0x67).containsSequence(0, 0, 1, 0x68);
    assertThat(first).containsSequence(0, 0, 1, 0x65);
  }

  @Test
  void shouldHoldOpusPacketsOfTwentyMilliseconds() throws IOException {
    // RFC 6716, section 3.1: five bits of configuration, one of stereo, two of frame count
    assertThat(Clip.sample().sounds())
        .extracting(sound -> sound.get(0) & 0xFF)
        .containsOnly(HYBRID_FULL_BAND_20_MS << 3, CELT_FULL_BAND_20_MS << 3);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
