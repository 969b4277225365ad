package dev.sluice.srtp;

import static dev.sluice.srtp.TestPackets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionKeysTest {

  @Test
  void shouldDeriveTheKeysOfRfc3711AppendixB3() {
    SrtpKeys keys =
        new SrtpKeys(
            SrtpProfile.AES_CM_128_HMAC_SHA1_80,
            hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
            hex("0EC675AD498AFEEBB6960B3AABE6"));

    SessionKeys session = SessionKeys.forRtp(keys);

    assertThat(session.encryptionKey).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(session.salt).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(session.authKey).isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDeriveWhatTheDefinitionSays(SrtpProfile profile) throws GeneralSecurityException {
    SrtpKeys keys = TestPackets.keys(new Random(1), profile);

    SessionKeys rtp = SessionKeys.forRtp(keys);
    SessionKeys rtcp = SessionKeys.forRtcp(keys);

    assertThat(rtp.encryptionKey).isEqualTo(Reference.derive(keys, 0, profile.keyLength()));
    assertThat(rtp.authKey).isEqualTo(Reference.derive(keys, 1, profile.authKeyLength()));
    assertThat(rtp.salt).isEqualTo(Reference.derive(keys, 2, profile.saltLength()));
    assertThat(rtcp.encryptionKey).isEqualTo(Reference.derive(keys, 3, profile.keyLength()));
    assertThat(rtcp.authKey).isEqualTo(Reference.derive(keys, 4, profile.authKeyLength()));
    assertThat(rtcp.salt).isEqualTo(Reference.derive(keys, 5, profile.saltLength()));
  }

  /** So that the reference may vouch for keys of 256 bits, of which RFC 7714 has no example. */
  @Test
  void shouldFindTheReferenceInAgreementWithRfc6188Section72() throws GeneralSecurityException {
    byte[] key = hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6");
    byte[] salt = hex("3b04803de51ee7c96423ab5b78d2");

    assertThat(Reference.derive(key, salt, 0, 32))
        .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
    assertThat(Reference.derive(key, salt, 1, 20))
        .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
    assertThat(Reference.derive(key, salt, 2, 14)).isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
  }
}
