package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamListTest {

  @Test
  void shouldBeEmptyWithoutStreams() {
    assertThat(StreamList.json(8554, List.of())).isEqualTo("{\"rtspPort\":8554,\"streams\":[]}");
  }

  @Test
  void shouldEscapeWhatJsonHasToHaveEscaped() {
    // RFC 8259, section 7: quotation mark, reverse solidus and control characters
    assertThat(StreamList.quote("a\"b\\c\n\u0000é")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u0000é\"");
  }
}
