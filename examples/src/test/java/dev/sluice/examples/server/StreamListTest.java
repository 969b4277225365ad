package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamListTest {

  @Test
  void shouldBeEmptyWithoutStreams() throws Exception {
    assertThat(JSON.std.asString(StreamList.of(8554, List.of())))
        .isEqualTo("{\"rtspPort\":8554,\"streams\":[]}");
  }
}
