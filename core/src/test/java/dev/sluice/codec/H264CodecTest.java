package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.sdp.SdpException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class H264CodecTest {

  private static final String CONSTRAINED_BASELINE = "profile-level-id=42e01f;packetization-mode=1";
  private static final String BASELINE = "profile-level-id=42001f;packetization-mode=1";
  private static final String MAIN = "profile-level-id=4d001f;packetization-mode=1";
  private static final String HIGH = "profile-level-id=64001f;packetization-mode=1";
  private static final String HIGH_444 = "profile-level-id=f4001f;packetization-mode=1";

  @Test
  void shouldPreferTheProfileOfTheSource() throws SdpException {
    String[] offered = {BASELINE, CONSTRAINED_BASELINE, MAIN, HIGH};

    assertThat(choose("42c01e", offered)).isEqualTo(CONSTRAINED_BASELINE);
    assertThat(choose("42001e", offered)).isEqualTo(BASELINE);
    assertThat(choose("4d401f", offered)).isEqualTo(MAIN);
    assertThat(choose("640028", offered)).isEqualTo(HIGH);
  }

  @Test
  void shouldTakeTheNextProfileUpThatDecodesTheSource() throws SdpException {
    assertThat(choose("42c01e", HIGH, MAIN)).isEqualTo(MAIN);
    assertThat(choose("640028", BASELINE, MAIN, HIGH_444)).isEqualTo(HIGH_444);
    assertThat(choose("644028", BASELINE, HIGH_444, HIGH)).as("odd constraints").isEqualTo(HIGH);
  }

  @Test
  void shouldTakeTheHighestProfileWhenNoneDecodesTheSourceForSure() throws SdpException {
    assertThat(choose("640028", CONSTRAINED_BASELINE, MAIN, BASELINE)).isEqualTo(MAIN);
  }

  @Test
  void shouldTakeTheFirstWhenTheSourceIsNotKnown() throws SdpException {
    assertThat(choose(null, MAIN, HIGH)).isEqualTo(MAIN);
    assertThat(choose(null, "packetization-mode=0", HIGH)).isEqualTo(HIGH);
  }

  @Test
  void shouldPreferALevelThatReachesTheSource() throws SdpException {
    String high52 = "profile-level-id=640034;packetization-mode=1";

    assertThat(choose("640028", HIGH, high52)).isEqualTo(high52);
    assertThat(choose("64001f", HIGH, high52)).isEqualTo(HIGH);
    assertThat(choose("640028", MAIN, HIGH)).as("but not at any price").isEqualTo(HIGH);
  }

  @Test
  void shouldNeverTakeAnotherPacketizationMode() throws SdpException {
    assertThat(choose("42c01e", "profile-level-id=42e01f;packetization-mode=0")).isNull();
    assertThat(choose("42c01e", "profile-level-id=42e01f;packetization-mode=2")).isNull();
    assertThat(choose("42c01e", "profile-level-id=42e0;packetization-mode=1"))
        .as("malformed profile")
        .isNull();
  }

  @Test
  void shouldTakeAnUnstatedPacketizationModeAsTheLastResort() throws SdpException {
    String unstated = "profile-level-id=42e01f";

    assertThat(choose("42c01e", unstated)).isEqualTo(unstated);
    assertThat(choose("42c01e", unstated, MAIN)).isEqualTo(MAIN);
  }

  /** Returns the fmtp of the chosen format. */
  private static @Nullable String choose(@Nullable String source, String... offered)
      throws SdpException {
    return Offered.choose(
        new H264Codec.Choice(source == null ? null : ProfileLevelId.parse(source)),
        "H264/90000",
        offered);
  }
}
