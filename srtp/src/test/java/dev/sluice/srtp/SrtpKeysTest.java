package dev.sluice.srtp;

import static dev.sluice.srtp.SrtpProfile.AEAD_AES_128_GCM;
import static dev.sluice.srtp.SrtpProfile.AES_CM_128_HMAC_SHA1_80;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SrtpKeysTest {

  /** RFC 5764, section 4.2. */
  @Test
  void shouldSplitTheKeyBlockIntoTwoKeysAndTwoSalts() {
    byte[] block = new byte[AES_CM_128_HMAC_SHA1_80.keyBlockLength()];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) i;
    }

    SrtpKeys client = SrtpKeys.ofClient(AES_CM_128_HMAC_SHA1_80, block);
    SrtpKeys server = SrtpKeys.ofServer(AES_CM_128_HMAC_SHA1_80, block);

    assertThat(client.masterKey()).isEqualTo(Arrays.copyOfRange(block, 0, 16));
    assertThat(server.masterKey()).isEqualTo(Arrays.copyOfRange(block, 16, 32));
    assertThat(client.masterSalt()).isEqualTo(Arrays.copyOfRange(block, 32, 46));
    assertThat(server.masterSalt()).isEqualTo(Arrays.copyOfRange(block, 46, 60));
  }

  @Test
  void shouldNotChangeWithTheCallersArrays() {
    byte[] key = new byte[16];
    byte[] salt = new byte[12];
    SrtpKeys keys = new SrtpKeys(AEAD_AES_128_GCM, key, salt);

    key[0] = 1;
    salt[0] = 1;

    assertThat(keys.masterKey()).containsOnly(0);
    assertThat(keys.masterSalt()).containsOnly(0);
  }

  @Test
  void shouldRefuseMaterialOfAnotherLength() {
    assertThatThrownBy(() -> new SrtpKeys(AEAD_AES_128_GCM, new byte[32], new byte[12]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SrtpKeys(AEAD_AES_128_GCM, new byte[16], new byte[14]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SrtpKeys.ofClient(AEAD_AES_128_GCM, new byte[60]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNotShowTheSecret() {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) 0x5A);

    String text = new SrtpKeys(AEAD_AES_128_GCM, key, new byte[12]).toString();

    assertThat(text).isEqualTo("SrtpKeys[AEAD_AES_128_GCM, redacted]");
  }
}
