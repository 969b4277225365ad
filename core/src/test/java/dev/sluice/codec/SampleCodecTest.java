package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import dev.sluice.sdp.SdpException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleCodecTest {

  @ParameterizedTest
  @CsvSource({"PCMU,0", "PCMA,8", "G722,9"})
  void shouldBeFoundWithRtpmapAndWithout(Codec codec, int payloadType) throws SdpException {
    FormatChoice choice =
        codec
            .format()
            .input(new NoLog(), new InputOptions(1200, false), new NoParameters())
            .choice();
    List<PayloadFormat> offered =
        Offered.formats(
            "96 97 " + payloadType, "rtpmap:96 opus/48000/2", "rtpmap:97 " + codec + "/8000");
    PayloadFormat unmapped = offered.get(2);

    assertThat(choice.choose(offered)).isSameAs(offered.get(1));
    assertThat(choice.choose(List.of(offered.get(0), unmapped))).isSameAs(unmapped);
    assertThat(choice.choose(offered.subList(0, 1))).isNull();
    assertThat(choice.parameters(unmapped)).isNull();
    assertThat(choice.wanted()).isEqualTo(codec + "/8000");
    assertThat(codec.format().parse(unmapped)).isEqualTo(new NoParameters());
    assertThat(codec.format().parse(offered.get(0))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"PCMU,0", "PCMA,8", "G722,9"})
  void shouldNotBeWhatAnRtpmapMakesSomethingElse(Codec codec, int payloadType) throws SdpException {
    PayloadFormat other =
        Offered.formats("" + payloadType, "rtpmap:" + payloadType + " L16/8000").get(0);

    assertThat(codec.format().parse(other)).isNull();
  }
}
