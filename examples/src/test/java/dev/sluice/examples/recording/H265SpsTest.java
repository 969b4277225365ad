package dev.sluice.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class H265SpsTest {

  @Test
  void shouldReadWhatAFileRepeats() throws Exception {
    H265Sps sps =
        parse(
            "4201010160000003009000000300000300"
                + "78a003c08010e59656692aec0b57000003000100000300190f08211f");
    assertThat(sps.width()).isEqualTo(1920);
    assertThat(sps.height()).isEqualTo(1080);
    assertThat(sps.profile()).isEqualTo(1);
    assertThat(sps.level()).isEqualTo(120);
    assertThat(sps.chromaFormat()).isEqualTo(1);
    assertThat(sps.temporalLayers()).isEqualTo(1);
    assertThat(sps.isNested()).isTrue();
    assertThat(sps.lumaBitsAbove8()).isZero();
  }

  private static H265Sps parse(String hex) throws Exception {
    return H265Sps.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }
}
