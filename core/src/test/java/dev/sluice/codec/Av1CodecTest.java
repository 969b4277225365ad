package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdp.SdpException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Av1CodecTest {

  private static final String MAIN = "level-idx=5;profile=0;tier=0";
  private static final String HIGH = "level-idx=5;profile=1;tier=0";
  private static final String PROFESSIONAL = "level-idx=5;profile=2;tier=0";

  private final CodecFormat format = Codec.AV1.format();

  @Test
  void shouldReadAndDescribeAnnouncements() throws SdpException {
    assertThat(format.parse(Offered.each("AV1/90000", MAIN).get(0))).isEqualTo(new NoParameters());
    assertThat(format.parse(Offered.each("VP9/90000", "").get(0))).isNull();
    assertThat(format.describe(new NoParameters())).isEqualTo(Map.of("rtpmap", "AV1/90000"));
  }

  @Test
  void shouldTakeAProfileThatDecodesTheSourceOnceItIsKnown() throws SdpException {
    TrackFormat track = format.input(new NoLog(), new InputOptions(1200, false), format.defaults());
    assertThat(Offered.choose(track.choice(), "AV1/90000", HIGH, MAIN)).isEqualTo(HIGH);
    assertThat(track.choice().wanted()).isEqualTo("AV1/90000");

    byte[] sequenceHeaderOfProfile1 = HexFormat.of().parseHex("0a0120");
    track.frame(ByteBuffer.wrap(sequenceHeaderOfProfile1), 0);
    assertThat(Offered.choose(track.choice(), "AV1/90000", PROFESSIONAL, MAIN, HIGH))
        .isEqualTo(HIGH);
    assertThat(Offered.choose(track.choice(), "AV1/90000", MAIN, PROFESSIONAL))
        .isEqualTo(PROFESSIONAL);
    assertThat(Offered.choose(track.choice(), "AV1/90000", MAIN, "", "profile=x")).isNull();
    assertThat(track.choice().wanted()).isEqualTo("AV1/90000 with profile=1");
  }

  @Test
  void shouldTakeAnUnstatedProfileForMainAndRepeatParameters() throws SdpException {
    Av1Codec.Choice choice = new Av1Codec.Choice(0);

    assertThat(Offered.choose(choice, "AV1/90000", "profile=9", "")).isEmpty();
    assertThat(choice.parameters(Offered.each("AV1/90000", MAIN).get(0))).isEqualTo(MAIN);
    assertThat(choice.parameters(Offered.each("AV1/90000", MAIN + ";sprop-x=1").get(0)))
        .isEqualTo(MAIN);
  }
}
