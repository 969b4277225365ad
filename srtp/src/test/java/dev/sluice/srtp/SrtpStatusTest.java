package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SrtpStatusTest {

  @Test
  void shouldNameEachStatus() {
    assertThat(SrtpStatus.name(SrtpStatus.MALFORMED)).isEqualTo("MALFORMED");
    assertThat(SrtpStatus.name(SrtpStatus.REPLAYED)).isEqualTo("REPLAYED");
    assertThat(SrtpStatus.name(SrtpStatus.AUTHENTICATION_FAILED))
        .isEqualTo("AUTHENTICATION_FAILED");
    assertThat(SrtpStatus.name(SrtpStatus.KEY_EXPIRED)).isEqualTo("KEY_EXPIRED");
    assertThat(SrtpStatus.name(SrtpStatus.TOO_MANY_SSRCS)).isEqualTo("TOO_MANY_SSRCS");
    assertThat(SrtpStatus.name(1200)).isEqualTo("OK");
    assertThat(SrtpStatus.name(-99)).isEqualTo("UNKNOWN");
  }
}
