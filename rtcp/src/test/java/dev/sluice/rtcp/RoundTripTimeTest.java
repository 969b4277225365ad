package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTimeTest {
  /** RFC 3550 section 6.4.1, figure 2: sent at 0xb705:2000, held for 5.25 s, back at 0xb710:8000 */
  @Test
  void shouldComputeTheExampleOfTheRfc() {
    long nanos = RoundTripTime.nanos(0xb7108000, 0xb7052000, 0x00054000);

    assertThat(nanos).isEqualTo(6_125_000_000L);
  }

  @Test
  void shouldBeUnknownBeforeThePeerHasSeenAReport() {
    assertThat(RoundTripTime.nanos(0xb7108000, 0, 0)).isEqualTo(RoundTripTime.UNKNOWN);
  }

  @Test
  void shouldBeZeroWhereClocksMakeItNegative() {
    assertThat(RoundTripTime.nanos(1_000, 900, 101)).isZero();
    assertThat(RoundTripTime.nanos(1_000, 900, -1)).isNotNegative();
  }

  @Test
  void shouldSurviveTheWrapOfTheCompactTimestamp() {
    assertThat(RoundTripTime.nanos(0x00000800, 0xfffff800, 0x800)).isEqualTo(31_250_000);
  }
}
