package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.tls.NamedGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with curves of a JCA provider that the host names. */
class NamedCurvesTest {

  /** Has what another one has, and notes what is asked for. */
  private static final class Noting extends Provider {
    private static final long serialVersionUID = 1L;
    final transient Set<String> asked = new TreeSet<>();
    private final Provider other;

    Noting(String name) {
      super("Noting", "1", "");
      other = Security.getProvider(name);
    }

    @Override
    public Service getService(String type, String algorithm) {
      asked.add(type);
      return other.getService(type, algorithm);
    }
  }

  private final Noting provider = new Noting("SunEC");

  static DtlsServer server(Provider curves) {
    return new DtlsServer(
        Fixture.SERVER,
        Fixture.PROFILES,
        Fixture.TIMEOUT,
        Runnable::run,
        curves,
        TestClient.random(3));
  }

  private static Exchange connect(Provider curves, int... groups) {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.groups = groups;
    return Fixture.exchange(server(curves), offer, 1).connect();
  }

  @ParameterizedTest
  @ValueSource(ints = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1})
  void shouldWorkWithEachCurve(int group) {
    DtlsHandshakeTest.assertConnected(connect(provider, group));
  }

  @Test
  void shouldPreferWhatTheProviderHas() {
    provider.asked.clear();

    DtlsHandshakeTest.assertConnected(connect(provider, NamedGroup.x25519, NamedGroup.secp256r1));

    assertThat(provider.asked).contains("KeyPairGenerator", "KeyAgreement", "Signature");
    assertThat(
            new TlsParameters(Fixture.SERVER, Fixture.PROFILES, provider, TestClient.random(1))
                .groups()[0])
        .isEqualTo(NamedGroup.secp256r1);
  }

  @Test
  void shouldDoWithoutAProviderThatHasNoCurves() {
    assertThat(NamedCurves.of(new Noting("SunJCE"), TestClient.random(1))).isNull();
    assertThat(NamedCurves.of(null, TestClient.random(1))).isNull();
    DtlsHandshakeTest.assertConnected(connect(new Noting("SunJCE"), NamedGroup.x25519));
  }

  @Test
  void shouldRefuseACertificateWithoutItsKey() {
    DtlsIdentity other = DtlsIdentity.generate(TestClient.random(4), Fixture.TODAY);
    TestTlsClient.Offer offer = new TestTlsClient.Offer(Fixture.CLIENT);
    offer.privateKey = other.privateKey();

    Exchange exchange = Fixture.exchange(server(provider), offer, 1).connect();

    assertThat(exchange.session.failure().reason()).isEqualTo(DtlsFailure.Reason.PROTOCOL);
  }
}
