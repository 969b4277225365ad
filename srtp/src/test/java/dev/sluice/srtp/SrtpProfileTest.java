package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpProfileTest {

  /** RFC 5764, section 4.1.2, and RFC 7714, section 14.2. */
  @ParameterizedTest
  @CsvSource({
    "AEAD_AES_128_GCM,        7, 16, 12, 16, 20,  56",
    "AEAD_AES_256_GCM,        8, 32, 12, 16, 20,  88",
    "AES_CM_128_HMAC_SHA1_80, 1, 16, 14, 10, 14,  60",
    "AES_CM_128_HMAC_SHA1_32, 2, 16, 14,  4, 14,  60",
  })
  void shouldHaveTheParametersOfTheRegistry(
      SrtpProfile profile, int id, int key, int salt, int rtp, int rtcp, int keyBlock) {
    assertThat(profile.id()).isEqualTo(id);
    assertThat(profile.keyLength()).isEqualTo(key);
    assertThat(profile.saltLength()).isEqualTo(salt);
    assertThat(profile.rtpOverhead()).isEqualTo(rtp);
    assertThat(profile.rtcpOverhead()).isEqualTo(rtcp);
    assertThat(profile.keyBlockLength()).isEqualTo(keyBlock);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeFoundByItsNumber(SrtpProfile profile) {
    assertThat(SrtpProfile.byId(profile.id())).isSameAs(profile);
  }

  @Test
  void shouldNotBeFoundByAnotherNumber() {
    assertThat(SrtpProfile.byId(0x0005)).isNull();
  }
}
