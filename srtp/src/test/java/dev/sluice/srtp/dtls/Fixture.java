package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;

/** What the tests of this package share. */
final class Fixture {
  static final Instant TODAY = Instant.parse("2026-11-22T12:00:00Z");
  static final DtlsIdentity SERVER = DtlsIdentity.generate(TestClient.random(1), TODAY);
  static final DtlsIdentity CLIENT = DtlsIdentity.generate(TestClient.random(2), TODAY);
  static final List<Fingerprint> FINGERPRINTS = List.of(CLIENT.fingerprint("sha-256"));
  static final List<SrtpProfile> PROFILES = List.of(SrtpProfile.values());
  static final long TIMEOUT = 10_000 * Exchange.MILLIS;

  /** A time from which the clock wraps around within the handshake. */
  static final long BEFORE_WRAP = Long.MAX_VALUE - 20 * Exchange.MILLIS;

  private Fixture() {}

  /** A server whose computations are done at once. */
  static DtlsServer server() {
    return server(PROFILES, Runnable::run);
  }

  static DtlsServer server(List<SrtpProfile> profiles, Executor executor) {
    return new DtlsServer(SERVER, profiles, TIMEOUT, executor, TestClient.random(3));
  }

  static TestTlsClient.Offer offer() {
    return new TestTlsClient.Offer(CLIENT);
  }

  static Exchange exchange(TestTlsClient.Offer offer) {
    return exchange(server(), offer, 7);
  }

  static Exchange exchange(DtlsServer server, TestTlsClient.Offer offer, long seed) {
    return exchange(server, offer, FINGERPRINTS, seed);
  }

  static Exchange exchange(
      DtlsServer server, TestTlsClient.Offer offer, List<Fingerprint> fingerprints, long seed) {
    DtlsSession session = server.newSession(BEFORE_WRAP, fingerprints, () -> {});
    TestClient client = new TestClient(offer, seed, DtlsServer.MAX_DATAGRAM);
    return new Exchange(session, client, BEFORE_WRAP, seed);
  }

  /** What keys are made of; not to be had otherwise. */
  static String reveal(SrtpKeys keys) {
    try {
      StringBuilder text = new StringBuilder(keys.profile().name());
      for (String name : List.of("masterKey", "masterSalt")) {
        Field field = SrtpKeys.class.getDeclaredField(name);
        field.setAccessible(true);
        text.append(' ').append(HexFormat.of().formatHex((byte[]) field.get(keys)));
      }
      return text.toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
