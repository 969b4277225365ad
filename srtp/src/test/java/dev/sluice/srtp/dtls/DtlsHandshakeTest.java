package dev.sluice.srtp.dtls;

import static dev.sluice.srtp.SrtpProfile.AEAD_AES_128_GCM;
import static dev.sluice.srtp.SrtpProfile.AEAD_AES_256_GCM;
import static dev.sluice.srtp.SrtpProfile.AES_CM_128_HMAC_SHA1_32;
import static dev.sluice.srtp.SrtpProfile.AES_CM_128_HMAC_SHA1_80;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.srtp.SrtpProfile;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed upon and what is refused, over a network without faults. */
class DtlsHandshakeTest {

  static void assertConnected(Exchange exchange) {
    assertThat(exchange.session.failure()).isNull();
    assertThat(exchange.client.failure()).isNull();
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);
    SrtpKeyPair keys = exchange.session.takeKeys();
    assertThat(Fixture.reveal(keys.local()))
        .isEqualTo(Fixture.reveal(exchange.client.remoteKeys()));
    assertThat(Fixture.reveal(keys.remote()))
        .isEqualTo(Fixture.reveal(exchange.client.localKeys()))
        .isNotEqualTo(Fixture.reveal(keys.local()));
  }

  static void assertRefused(Exchange exchange, DtlsFailure.Reason reason, short alert) {
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(exchange.session.failure().reason()).isEqualTo(reason);
    assertThat(exchange.client.isConnected()).isFalse();
    assertThat(exchange.client.tls().alertReceived).isEqualTo(alert);
    assertThatIllegalStateException().isThrownBy(exchange.session::takeKeys);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAgreeOnTheOnlyProfileOffered(SrtpProfile profile) {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.profiles = List.of(profile);

    Exchange exchange = Fixture.exchange(offer).connect();

    assertThat(exchange.client.tls().profile).isEqualTo(profile.id());
    assertConnected(exchange);
  }

  @ParameterizedTest
  @EnumSource
  void shouldPreferWhatTheHostPrefers(SrtpProfile favourite) {
    List<SrtpProfile> order = new ArrayList<>(Fixture.PROFILES);
    order.remove(favourite);
    order.add(0, favourite);
    TestTlsClient.Offer offer = Fixture.offer();
    offer.profiles = new ArrayList<>(order);
    Collections.reverse(offer.profiles);

    Exchange exchange = Fixture.exchange(Fixture.server(order, Runnable::run), offer, 1).connect();

    assertThat(exchange.client.tls().profile).isEqualTo(favourite.id());
    assertConnected(exchange);
  }

  @Test
  void shouldRefuseAnOfferWithoutACommonProfile() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.profiles = List.of(AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_32);
    DtlsServer server = Fixture.server(List.of(AEAD_AES_128_GCM, AEAD_AES_256_GCM), Runnable::run);

    assertRefused(
        Fixture.exchange(server, offer, 1).connect(),
        DtlsFailure.Reason.NO_SRTP_PROFILE,
        AlertDescription.handshake_failure);
  }

  @Test
  void shouldRefuseAClientWithoutUseSrtp() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.profiles = List.of();

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.NO_SRTP_PROFILE,
        AlertDescription.handshake_failure);
  }

  @Test
  void shouldRefuseAMalformedUseSrtp() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.extensions.put(ExtensionType.use_srtp, new byte[] {0, 3, 0, 7, 0});

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.decode_error);
  }

  @Test
  void shouldNotTakeUpAMasterKeyIdentifier() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.mki = new byte[] {1, 2, 3, 4};

    Exchange exchange = Fixture.exchange(offer).connect();

    assertThat(exchange.client.tls().mki).isEmpty();
    assertConnected(exchange);
  }

  @Test
  void shouldPresentTheCertificateOfItsIdentity() {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();

    assertThat(exchange.client.tls().serverCertificate).isEqualTo(Fixture.SERVER.certificate());
    assertConnected(exchange);
  }

  @Test
  void shouldRefuseAnotherCertificateThanTheOneSignalled() {
    DtlsIdentity other = DtlsIdentity.generate(TestClient.random(4), Fixture.TODAY);

    assertRefused(
        Fixture.exchange(new TestTlsClient.Offer(other)).connect(),
        DtlsFailure.Reason.CERTIFICATE,
        AlertDescription.bad_certificate);
  }

  @Test
  void shouldRefuseAClientWithoutACertificate() {
    assertRefused(
        Fixture.exchange(new TestTlsClient.Offer(null)).connect(),
        DtlsFailure.Reason.CERTIFICATE,
        AlertDescription.bad_certificate);
  }

  @Test
  void shouldRefuseACertificateWithoutItsKey() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.privateKey = DtlsIdentity.generate(TestClient.random(4), Fixture.TODAY).privateKey();

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.decrypt_error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
  void shouldCheckFingerprintsOfEachHashFunction(String algorithm) {
    Fingerprint right = Fixture.CLIENT.fingerprint(algorithm);
    Fingerprint wrong = Fixture.SERVER.fingerprint(algorithm);

    assertConnected(
        Fixture.exchange(Fixture.server(), Fixture.offer(), List.of(wrong, right), 1).connect());
    assertRefused(
        Fixture.exchange(Fixture.server(), Fixture.offer(), List.of(wrong), 1).connect(),
        DtlsFailure.Reason.CERTIFICATE,
        AlertDescription.bad_certificate);
  }

  @Test
  void shouldNotLetAWeakerHashFunctionOverruleAStrongerOne() {
    List<Fingerprint> fingerprints =
        List.of(Fixture.CLIENT.fingerprint("sha-256"), Fixture.SERVER.fingerprint("sha-512"));

    assertRefused(
        Fixture.exchange(Fixture.server(), Fixture.offer(), fingerprints, 1).connect(),
        DtlsFailure.Reason.CERTIFICATE,
        AlertDescription.bad_certificate);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
      })
  void shouldWorkWithEachCipherSuite(int suite) throws Exception {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.cipherSuites = new int[] {suite};

    Exchange exchange = Fixture.exchange(offer).connect();

    assertConnected(exchange);
    exchange.client.close();
    assertThat(exchange.settle().session.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @Test
  void shouldPreferAes128Gcm() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.cipherSuites =
        new int[] {
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        };

    Exchange exchange = Fixture.exchange(offer).connect();

    assertThat(exchange.client.tls().cipherSuite)
        .isEqualTo(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  }

  @Test
  void shouldRefuseRsaKeyExchange() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.cipherSuites = new int[] {CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.handshake_failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1})
  void shouldWorkWithEachCurve(int group) {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.groups = new int[] {NamedGroup.X25519MLKEM768, NamedGroup.secp521r1, group};

    assertConnected(Fixture.exchange(offer).connect());
  }

  @Test
  void shouldRefuseAClientWithoutACommonCurve() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.groups = new int[] {NamedGroup.secp521r1};

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.handshake_failure);
  }

  @Test
  void shouldRefuseAClientWithoutExtendedMasterSecret() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.extendedMasterSecret = false;

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.handshake_failure);
  }

  @Test
  void shouldRefuseDtls10() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.versions = ProtocolVersion.DTLSv10.only();
    offer.cipherSuites = new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};

    assertRefused(
        Fixture.exchange(offer).connect(),
        DtlsFailure.Reason.PROTOCOL,
        AlertDescription.protocol_version);
  }

  @Test
  void shouldAnswerAClientThatAlsoSpeaksDtls13With12() {
    assertConnected(Fixture.exchange(modernOffer()).connect());
  }

  @Test
  void shouldPutAFragmentedClientHelloTogetherInAnyOrder() {
    for (int[] order : new int[][] {{0, 1}, {1, 0}, {1, 1, 0}, {0, 1, 0, 1}}) {
      Exchange exchange = Fixture.exchange(Fixture.server(), modernOffer(), order.length);
      exchange.client.start();
      byte[][] hello = {exchange.client.poll(), exchange.client.poll()};
      assertThat(hello[0]).hasSizeLessThanOrEqualTo(DtlsServer.MAX_DATAGRAM);
      assertThat(hello[1]).isNotNull();

      for (int i : order) {
        exchange.session.handle(exchange.now, hello[i], 0, hello[i].length);
      }
      assertConnected(exchange.settle());
    }
  }

  /** What browsers send: DTLS 1.3 and a post-quantum key share, too long for one datagram. */
  static TestTlsClient.Offer modernOffer() {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.extensions.put(
        ExtensionType.supported_versions,
        new byte[] {4, (byte) 0xFE, (byte) 0xFC, (byte) 0xFE, (byte) 0xFD});
    byte[] shares = new byte[2 + 4 + 1216];
    BigEndian.uint16(shares, 0, shares.length - 2);
    BigEndian.uint16(shares, 2, NamedGroup.X25519MLKEM768);
    BigEndian.uint16(shares, 4, 1216);
    offer.extensions.put(ExtensionType.key_share, shares);
    return offer;
  }

  @Test
  void shouldSendNoDatagramLongerThanThePathAllows() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(exchange.now, hello, 0, hello.length);
    exchange.session.handleTimeout(exchange.now);

    byte[] out = new byte[65536];
    assertThat(exchange.session.pollTransmit(out)).isBetween(1, DtlsServer.MAX_DATAGRAM);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exchange.session.pollTransmit(new byte[DtlsServer.MAX_DATAGRAM - 1]));
  }

  @Test
  void shouldHandItsKeysOverOnce() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    assertThatIllegalStateException().isThrownBy(exchange.session::takeKeys);

    exchange.connect().session.takeKeys();

    assertThatIllegalStateException().isThrownBy(exchange.session::takeKeys);
  }

  @Test
  void shouldAgreeOnOtherKeysEachTime() {
    DtlsServer server = Fixture.server();
    Exchange first = Fixture.exchange(server, Fixture.offer(), 1).connect();
    Exchange second = Fixture.exchange(server, Fixture.offer(), 1).connect();

    assertThat(Fixture.reveal(first.session.takeKeys().local()))
        .isNotEqualTo(Fixture.reveal(second.session.takeKeys().local()));
  }

  @Test
  void shouldLeaveTheProvidersOfTheJvmAlone() {
    Provider[] before = Security.getProviders();

    assertConnected(Fixture.exchange(Fixture.offer()).connect());

    assertThat(Security.getProviders()).isEqualTo(before);
    assertThat(Security.getProvider("BC")).isNull();
  }

  @Test
  void shouldHaveNothingToWaitForOnceConnected() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    assertThat(exchange.session.nextTimeout()).isEqualTo(exchange.now + Fixture.TIMEOUT);

    exchange.connect();

    assertThat(exchange.session.nextTimeout()).isEqualTo(DtlsSession.NO_TIMEOUT);
    assertThat(exchange.session.resentFlights()).isZero();
    assertThat(exchange.session.droppedRecords()).isZero();
  }

  @Test
  void shouldRefuseToBeConfiguredWithoutProfileFingerprintOrTime() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fixture.server(List.of(), Runnable::run));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixture.server().newSession(0, List.of(), () -> {}));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DtlsServer(
                    Fixture.SERVER, Fixture.PROFILES, 0, Runnable::run, TestClient.random(3)));
  }
}
