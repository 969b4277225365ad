package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTypesTest {

  @Test
  void shouldIgnoreParametersAndCaseOfAContentType() {
    assertThat(MediaTypes.isOf(MediaTypes.SDP, "application/sdp")).isTrue();
    assertThat(MediaTypes.isOf(MediaTypes.SDP, " Application/SDP ; charset=utf-8")).isTrue();
    assertThat(MediaTypes.isOf(MediaTypes.SDP, "application/sdpx")).isFalse();
    assertThat(MediaTypes.isOf(MediaTypes.SDP, "")).isFalse();
  }

  @Test
  void shouldAcceptByTheMostPreciseRange() {
    for (String accept :
        new String[] {
          "",
          "*/*",
          "application/*",
          "application/sdp",
          "text/html, application/sdp;q=0.1",
          "text/html, */*; q=0.8",
          "application/sdp;q=1, */*;q=0",
          "APPLICATION/SDP"
        }) {
      assertThat(MediaTypes.accepts(accept, MediaTypes.SDP)).as(accept).isTrue();
    }
    for (String accept :
        new String[] {
          "text/html",
          "application/json",
          "text/*",
          "application/sdp; q=0",
          "*/*;q=0.000",
          "*/*, application/sdp;q=0",
          "application/*;q=0, */*",
          ",",
          ";"
        }) {
      assertThat(MediaTypes.accepts(accept, MediaTypes.SDP)).as(accept).isFalse();
    }
  }
}
