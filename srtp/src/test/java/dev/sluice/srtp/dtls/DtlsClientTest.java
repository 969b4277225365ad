package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.SrtpProfile;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** This side as the client: of its own server, and of Bouncy Castle's. */
class DtlsClientTest {
  static final List<Fingerprint> OF_SERVER = List.of(Fixture.SERVER.fingerprint("sha-256"));

  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];

  private static DtlsServer calling(List<SrtpProfile> profiles, Provider curves) {
    return new DtlsServer(
        Fixture.CLIENT, profiles, Fixture.TIMEOUT, Runnable::run, curves, TestClient.random(11));
  }

  static DtlsServer calling() {
    return calling(Fixture.PROFILES, null);
  }

  /** A session that may begin. */
  static DtlsSession call(DtlsServer calling, List<Fingerprint> fingerprints) {
    DtlsSession session = calling.newActiveSession(0, fingerprints, () -> {});
    session.addressProved(0, true);
    session.handleTimeout(0); // what was computed is there
    return session;
  }

  private static DtlsSession answer() {
    return Fixture.server().newSession(0, Fixture.FINGERPRINTS, () -> {});
  }

  private static DtlsWire wire(DtlsSession client, DtlsSession server, long seed) {
    return new DtlsWire(DtlsWire.of(client), DtlsWire.of(server), seed);
  }

  private static void assertConnected(DtlsSession client, DtlsSession server, String what) {
    assertThat(client.failure()).as(what).isNull();
    assertThat(client.status()).as(what).isEqualTo(DtlsStatus.CONNECTED);
    assertThat(server.status()).as(what).isEqualTo(DtlsStatus.CONNECTED);
    SrtpKeyPair here = client.takeKeys();
    SrtpKeyPair there = server.takeKeys();
    assertThat(Fixture.reveal(here.local())).as(what).isEqualTo(Fixture.reveal(there.remote()));
    assertThat(Fixture.reveal(here.remote())).as(what).isEqualTo(Fixture.reveal(there.local()));
    assertThat(Fixture.reveal(here.local())).isNotEqualTo(Fixture.reveal(here.remote()));
  }

  @ParameterizedTest
  @EnumSource
  void shouldConnectToItsOwnServer(SrtpProfile profile) {
    DtlsSession client = call(calling(List.of(profile), null), OF_SERVER);
    DtlsSession server = answer();
    wire(client, server, 1).settle();
    assertConnected(client, server, profile.name());
  }

  @Test
  void shouldConnectWithTheCurvesOfAProvider() {
    DtlsSession client = call(calling(Fixture.PROFILES, Security.getProvider("SunEC")), OF_SERVER);
    DtlsSession server = answer();
    wire(client, server, 1).settle();
    assertConnected(client, server, "the JDK's curves");
  }

  @Test
  void shouldWaitUntilThePeerIsKnownToReceive() {
    DtlsSession client = calling().newActiveSession(0, OF_SERVER, () -> {});
    client.addressProved(0, false);
    client.handleTimeout(5_000 * Exchange.MILLIS);
    assertThat(client.pollTransmit(out)).isZero();
    assertThat(client.status()).isEqualTo(DtlsStatus.NEW);
    assertThat(client.isProofWanted()).isTrue();

    client.addressProved(5_000 * Exchange.MILLIS, true);
    client.handleTimeout(5_000 * Exchange.MILLIS);
    assertThat(client.pollTransmit(out)).isPositive();
    assertThat(client.status()).isEqualTo(DtlsStatus.HANDSHAKING);
    assertThat(client.isProofWanted()).isFalse();
    assertThat(client.nextTimeout()).as("repetition").isEqualTo(5_250 * Exchange.MILLIS);
  }

  @Test
  void shouldRecoverTheLossOfAnyDatagram() {
    int datagrams = wire(call(calling(), OF_SERVER), answer(), 1).settle().datagrams();
    assertThat(datagrams).isGreaterThanOrEqualTo(4);
    for (int i = 0; i < datagrams; i++) {
      int lost = i;
      DtlsSession client = call(calling(), OF_SERVER);
      DtlsSession server = answer();
      wire(client, server, 1).losing(n -> n == lost || n == lost + 1).settle();
      assertConnected(client, server, "without datagram " + lost + " and the next");
    }
  }

  @Test
  void shouldConnectOverALossyDuplicatingAndReorderingNetwork() {
    long resent = 0;
    for (int seed = 0; seed < 40; seed++) {
      DtlsSession client = call(calling(), OF_SERVER);
      DtlsSession server = answer();
      server.addressProved(0, true);
      wire(client, server, seed).bad().settle();
      assertConnected(client, server, "seed " + seed);
      resent += client.resentFlights();
    }
    assertThat(resent).isPositive();
  }

  @Test
  void shouldEndOnceBothAreConnected() {
    DtlsSession client = call(calling(), OF_SERVER);
    DtlsSession server = answer();
    DtlsWire wire = wire(client, server, 1).settle();
    int datagrams = wire.datagrams();
    assertThat(client.nextTimeout()).isEqualTo(DtlsSession.NO_TIMEOUT);
    wire.settle();
    assertThat(wire.datagrams()).isEqualTo(datagrams);
  }

  @Test
  void shouldRefuseAnotherCertificateThanTheOneSignalled() {
    DtlsSession client = call(calling(), Fixture.FINGERPRINTS);
    DtlsSession server = answer();
    wire(client, server, 1).settle();
    assertThat(client.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(client.failure().reason()).isEqualTo(DtlsFailure.Reason.CERTIFICATE);
    assertThat(server.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(server.failure().reason()).isEqualTo(DtlsFailure.Reason.PEER_ALERT);
  }

  @Test
  void shouldBeRefusedForAnotherCertificateThanTheOneSignalled() {
    DtlsSession client = call(calling(), OF_SERVER);
    DtlsSession server = Fixture.server().newSession(0, OF_SERVER, () -> {});
    wire(client, server, 1).settle();
    assertThat(client.failure().reason()).isEqualTo(DtlsFailure.Reason.PEER_ALERT);
  }

  @Test
  void shouldGiveUpWhereNobodyAnswers() {
    DtlsSession client = call(calling(), OF_SERVER);
    wire(client, answer(), 1).losing(n -> true).settle();
    assertThat(client.failure().reason()).isEqualTo(DtlsFailure.Reason.TIMEOUT);
  }

  @Test
  void shouldSayGoodbyeAndHearIt() {
    DtlsSession client = call(calling(), OF_SERVER);
    DtlsSession server = answer();
    DtlsWire wire = wire(client, server, 1).settle();
    server.close(wire.now);
    wire.settle();
    assertThat(client.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @Test
  void shouldNotBeEndedByAForgedFinished() {
    DtlsSession client = call(calling(), OF_SERVER);
    DtlsSession server = answer();
    byte[] forged = DtlsRecord.plaintext(DtlsRecord.HANDSHAKE, 0, 48);
    DtlsRecord.writeHeader(forged, DtlsRecord.HANDSHAKE, 1, 0);
    wire(client, server, 1)
        .losing(
            number -> {
              client.handle(0, forged, 0, forged.length);
              return false;
            })
        .settle();
    assertConnected(client, server, "forged records between");
  }

  @Test
  void shouldConnectToBouncyCastlesServer() throws Exception {
    DtlsSession client = call(calling(), OF_SERVER);
    try (TestServer server =
        new TestServer(
            Fixture.SERVER.privateKey(), Fixture.SERVER.certificate(), SrtpProfile.values()[0])) {
      talk(client, server);
      assertAgreed(client, server);
      assertThat(server.clientCertificate()).isEqualTo(Fixture.CLIENT.certificate());
    }
  }

  @Test
  void shouldConnectToAServerWithAnRsaKey() throws Exception {
    KeyPair keys = PeerKeysTest.rsa(2048);
    byte[] certificate = PeerKeysTest.certificate(keys.getPublic(), keys.getPrivate());
    DtlsSession client = call(calling(), List.of(Fingerprint.of("sha-256", certificate)));
    try (TestServer server =
        new TestServer(keys.getPrivate(), certificate, SrtpProfile.AEAD_AES_128_GCM)) {
      talk(client, server);
      assertAgreed(client, server);
    }
  }

  @Test
  void shouldRefuseAServerWithoutSrtp() throws Exception {
    DtlsSession client = call(calling(), OF_SERVER);
    try (TestServer server =
        new TestServer(Fixture.SERVER.privateKey(), Fixture.SERVER.certificate(), null)) {
      talk(client, server);
      assertThat(client.failure().reason()).isEqualTo(DtlsFailure.Reason.NO_SRTP_PROFILE);
      assertThat(server.isConnected()).isFalse();
    }
  }

  @Test
  void shouldRefuseAProfileThatItDidNotOffer() throws Exception {
    DtlsSession client = call(calling(List.of(SrtpProfile.AEAD_AES_128_GCM), null), OF_SERVER);
    try (TestServer server =
        new TestServer(
            Fixture.SERVER.privateKey(),
            Fixture.SERVER.certificate(),
            SrtpProfile.AEAD_AES_256_GCM)) {
      talk(client, server);
      assertThat(client.failure().reason()).isEqualTo(DtlsFailure.Reason.NO_SRTP_PROFILE);
    }
  }

  /** Carries datagrams between a session and a server with a thread of its own. */
  private void talk(DtlsSession client, TestServer server) throws InterruptedException {
    while (client.status() == DtlsStatus.NEW || client.status() == DtlsStatus.HANDSHAKING) {
      send(client, server);
      byte[] datagram = server.toClient.poll(5, TimeUnit.SECONDS);
      assertThat(datagram).as("an answer").isNotNull();
      client.handle(0, datagram, 0, datagram.length);
      client.handleTimeout(0);
    }
    send(client, server);
    server.join();
  }

  private void send(DtlsSession client, TestServer server) {
    for (int length; (length = client.pollTransmit(out)) > 0; ) {
      server.toServer.add(Arrays.copyOf(out, length));
    }
  }

  private static void assertAgreed(DtlsSession client, TestServer server) {
    assertThat(client.failure()).isNull();
    assertThat(server.failure()).isNull();
    SrtpKeyPair keys = client.takeKeys();
    assertThat(Fixture.reveal(keys.local())).isEqualTo(Fixture.reveal(server.remoteKeys()));
    assertThat(Fixture.reveal(keys.remote())).isEqualTo(Fixture.reveal(server.localKeys()));
  }
}
