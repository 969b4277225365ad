package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.SdpException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class Vp9CodecTest {

  private static final String[] BROWSERS = {"profile-id=0", "profile-id=2", "profile-id=1"};

  private final CodecFormat format = Codec.VP9.format();

  @Test
  void shouldReadAnnouncements() throws SdpException {
    assertThat(format.parse(Offered.each("VP9/90000", "profile-id=2").get(0)))
        .isEqualTo(new NoParameters());
    assertThat(format.parse(Offered.each("VP8/90000", "").get(0))).isNull();
  }

  @Test
  void shouldTakeTheProfileOfTheSourceOnceItIsKnown() throws SdpException {
    TrackFormat track = format.input(new NoLog(), new InputOptions(1200, false), format.defaults());
    assertThat(Offered.choose(track.choice(), "VP9/90000", BROWSERS)).isEqualTo("profile-id=0");

    track.frame(ByteBuffer.wrap(new byte[] {(byte) 0x92, 0}), 0); // a keyframe of profile 2
    assertThat(Offered.choose(track.choice(), "VP9/90000", BROWSERS)).isEqualTo("profile-id=2");
    assertThat(Offered.choose(track.choice(), "VP9/90000", "")).isNull();
    assertThat(track.choice().wanted()).isEqualTo("VP9/90000 with profile-id=2");
  }

  @Test
  void shouldTakeAnUnstatedProfileForTheDefault() throws SdpException {
    FormatChoice choice = new Vp9Codec.Choice(0);
    var unstated = Offered.each("VP9/90000", "").get(0);

    assertThat(Offered.choose(choice, "VP9/90000", "profile-id=1", "")).isEmpty();
    assertThat(choice.parameters(unstated)).isNull();
    assertThat(choice.parameters(Offered.each("VP9/90000", "profile-id=0").get(0)))
        .isEqualTo("profile-id=0");
  }
}
