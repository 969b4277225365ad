package dev.sluice.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mp4parser.Box;

/** The boxes that the library lacks. */
class BoxesTest {

  @Test
  void shouldWriteWhatTimeItWas() throws Exception {
    Instant halfASecond = Instant.ofEpochSecond(0, 500_000_000);
    assertThat(hex(new ProducerReferenceTimeBox(1, 90_000, halfASecond)))
        .isEqualTo(
            "00000020"
                + "70726674"
                + "01000000"
                + "00000001"
                + "83aa7e8080000000"
                + "0000000000015f90");
  }

  @Test
  void shouldDescribeOpus() throws Exception {
    assertThat(hex(new OpusSpecificBox(2)))
        .isEqualTo("00000013" + "644f7073" + "0002" + "0000" + "0000bb80" + "0000" + "00");
  }

  private static String hex(Box box) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    box.getBox(Channels.newChannel(bytes));
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
