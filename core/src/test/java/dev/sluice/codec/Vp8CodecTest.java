package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdp.PayloadFormat;
import dev.sluice.sdp.SdpException;
import java.util.List;
import org.junit.jupiter.api.Test;

class Vp8CodecTest {

  private final CodecFormat format = Codec.VP8.format();

  @Test
  void shouldReadAnnouncements() throws SdpException {
    assertThat(format.parse(Offered.each("vp8/90000", "").get(0))).isEqualTo(new NoParameters());
    assertThat(format.parse(Offered.each("VP9/90000", "").get(0))).isNull();
    assertThat(format.parse(Offered.each("VP8/48000", "").get(0))).isNull();
  }

  @Test
  void shouldTakeTheFirstFormatAndAnswerWithoutParameters() throws SdpException {
    var choice =
        format.input(new NoLog(), new InputOptions(1200, false), format.defaults()).choice();
    List<PayloadFormat> offered = Offered.each("VP8/90000", "max-fs=12288;max-fr=60", "");

    assertThat(choice.choose(offered)).isSameAs(offered.get(0));
    assertThat(choice.parameters(offered.get(0))).isNull();
    assertThat(Offered.choose(choice, "H264/90000", "")).isNull();
    assertThat(choice.wanted()).isEqualTo("VP8/90000");
  }
}
