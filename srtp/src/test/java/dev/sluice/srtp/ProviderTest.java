package dev.sluice.srtp;

import static dev.sluice.srtp.TestPackets.SSRC;
import static dev.sluice.srtp.TestPackets.bytes;
import static dev.sluice.srtp.TestPackets.header;
import static dev.sluice.srtp.TestPackets.keys;
import static dev.sluice.srtp.TestPackets.protect;
import static dev.sluice.srtp.TestPackets.receiverReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderTest {

  private final Random random = new Random(3);

  static Stream<Arguments> providersAndProfiles() {
    return Stream.of(
            Security.getProvider("SunJCE"), new BouncyCastleProvider(), new NoCounterMode())
        .flatMap(
            provider ->
                Arrays.stream(SrtpProfile.values())
                    .map(profile -> Arguments.of(provider, profile)));
  }

  /** as native ones are that have GCM and MACs alone */
  private static final class NoCounterMode extends Provider {
    private static final long serialVersionUID = 1L;
    private final Provider other = Security.getProvider("SunJCE");

    NoCounterMode() {
      super("NoCounterMode", "1", "");
    }

    @Override
    public Service getService(String type, String algorithm) {
      return type.equals("Cipher") && !algorithm.contains("GCM")
          ? null
          : other.getService(type, algorithm);
    }
  }

  /** New packets, the newest packet again, damaged ones and good ones after them. */
  @ParameterizedTest
  @MethodSource("providersAndProfiles")
  void shouldWorkWithTheNamedProvider(Provider provider, SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, provider);
    SrtpReceiver receiver = new SrtpReceiver(keys, provider);
    for (int i = 0; i < 50; i++) {
      byte[] payload = bytes(random, random.nextInt(1200));
      byte[] expected = Reference.srtp(keys, i, header(i, SSRC), payload);
      byte[] packet = protect(sender, i, SSRC, payload);
      assertThat(packet).isEqualTo(expected);
      assertThat(protect(sender, i, SSRC, payload)).isEqualTo(expected);

      byte[] damaged = packet.clone();
      damaged[packet.length - 1] ^= 1;
      assertThat(receiver.unprotect(damaged, 0, damaged.length))
          .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
      assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(12 + payload.length);
      assertThat(Arrays.copyOfRange(packet, 12, 12 + payload.length)).isEqualTo(payload);
    }
  }

  @ParameterizedTest
  @MethodSource("providersAndProfiles")
  void shouldWorkForRtcpWithTheNamedProvider(Provider provider, SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtcpSender sender = new SrtcpSender(keys, provider);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, provider);
    for (int i = 0; i < 10; i++) {
      byte[] report = receiverReport(SSRC, i);
      byte[] packet = protect(sender, report);
      assertThat(packet).isEqualTo(Reference.srtcp(keys, i, report));
      assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(report.length);
      assertThat(Arrays.copyOf(packet, report.length)).isEqualTo(report);
    }
  }

  @Test
  void shouldSayAtOnceThatAProviderLacksTheCiphers() {
    Provider without = Security.getProvider("SUN");
    SrtpKeys keys = keys(random, SrtpProfile.AEAD_AES_128_GCM);

    assertThatThrownBy(() -> new SrtpSender(keys, without))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("AES");
  }
}
