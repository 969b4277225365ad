package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final byte[] CERTIFICATE = "abc".getBytes(StandardCharsets.US_ASCII);

  /** Digest of "abc" (FIPS 180-4, example of SHA-256). */
  private static final String SHA_256 =
      "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23"
          + ":B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

  @Test
  void shouldWriteWhatSdpWrites() {
    assertThat(Fingerprint.of("sha-256", CERTIFICATE)).hasToString(SHA_256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha-256", "sha-384", "sha-512", "SHA-256", "Sha-512"})
  void shouldParseWhatItWrites(String algorithm) {
    Fingerprint fingerprint = Fingerprint.of(algorithm, CERTIFICATE);
    Fingerprint parsed = Fingerprint.parse(fingerprint.toString());

    assertThat(parsed).isEqualTo(fingerprint).hasSameHashCodeAs(fingerprint);
    assertThat(parsed.algorithm()).isEqualTo(algorithm.toLowerCase(Locale.ROOT));
    assertThat(parsed.matches(CERTIFICATE)).isTrue();
    assertThat(parsed.matches(new byte[] {1})).isFalse();
  }

  @Test
  void shouldParseAnyCaseAndSurroundingSpace() {
    assertThat(Fingerprint.parse(" " + SHA_256.toLowerCase(Locale.ROOT) + " "))
        .isEqualTo(Fingerprint.parse(SHA_256.toUpperCase(Locale.ROOT)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "sha-256",
        "sha-256 ",
        "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
        "md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72",
        "sha-256 BA:78",
        "sha-384 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23"
            + ":B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD",
        "sha-256 GA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23"
            + ":B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD",
        "sha-256 BA-78-16-BF-8F-01-CF-EA-41-41-40-DE-5D-AE-22-23"
            + "-B0-03-61-A3-96-17-7A-9C-B4-10-FF-61-F2-00-15-AD",
      })
  void shouldRefuseWhatIsNoFingerprint(String value) {
    assertThat(Fingerprint.parse(value)).isNull();
  }

  @Test
  void shouldSurviveAnyText() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      char[] text = SHA_256.toCharArray();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        text[random.nextInt(text.length)] = (char) random.nextInt(0x180);
      }
      Fingerprint parsed = Fingerprint.parse(new String(text, 0, random.nextInt(text.length + 1)));
      assertThat(parsed == null || parsed.toString().length() == SHA_256.length()).isTrue();
    }
  }

  @Test
  void shouldLetTheStrongestHashFunctionDecide() {
    Fingerprint weak = Fingerprint.of("sha-256", CERTIFICATE);
    Fingerprint strong = Fingerprint.of("sha-512", new byte[] {1});
    Fingerprint alsoStrong = Fingerprint.of("sha-512", new byte[] {2});

    assertThat(Fingerprint.strongest(List.of(weak, strong, alsoStrong)))
        .containsExactly(strong, alsoStrong);
  }

  @Test
  void shouldNotComputeAWeakHash() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of("sha-1", CERTIFICATE));
  }
}
