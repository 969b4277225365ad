package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The passive side of DTLS-SRTP (RFC 5763, RFC 5764): what all sessions of an engine share.
 *
 * <p>DTLS 1.2 (RFC 6347) with ECDHE-ECDSA; the client's certificate and an extended master secret
 * (RFC 7627) are required; session resumption, renegotiation, heartbeats and application data do
 * not exist. There is no HelloVerifyRequest, for the address of a client has been verified by ICE
 * before its first datagram comes here. Cryptography is that of the JVM's installed providers.
 * Immutable and safe for use by several threads.
 */
public final class DtlsServer {
  /** Length in bytes of the longest datagram that is sent, whatever the path allows. */
  public static final int MAX_DATAGRAM = 1200;

  private final TlsParameters parameters;
  private final long handshakeTimeoutNanos;
  private final Executor executor;

  /**
   * Creates a server.
   *
   * @param identity certificate of this side
   * @param profiles SRTP protection profiles that are allowed, the best first
   * @param handshakeTimeoutNanos nanoseconds that a session may take to be connected
   * @param executor what runs the handshakes' computations: two short tasks each, about a
   *     millisecond long, which never block. It may refuse tasks; they are then tried again later.
   * @param random source of keys and nonces, used by the executor's threads as well
   * @throws IllegalArgumentException when there is no profile or the timeout is not positive
   */
  public DtlsServer(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      long handshakeTimeoutNanos,
      Executor executor,
      SecureRandom random) {
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("no SRTP profile");
    }
    if (handshakeTimeoutNanos <= 0) {
      throw new IllegalArgumentException("handshake timeout must be positive");
    }
    this.parameters = new TlsParameters(identity, List.copyOf(profiles), random);
    this.handshakeTimeoutNanos = handshakeTimeoutNanos;
    this.executor = executor;
  }

  /**
   * Creates the session of one client. The handshake timeout runs from now on, also while nothing
   * has come from it.
   *
   * @param now present time in nanoseconds
   * @param clientFingerprints fingerprints from the client's SDP. When they are of several hash
   *     functions, those of the strongest decide (RFC 8122, section 5).
   * @param wakeUp called when a computation is done, by the executor's thread, or from within a
   *     call of the session if the executor runs tasks at once. It has to see to it that {@link
   *     DtlsSession#handleTimeout} is called soon by the thread that owns the session. It may come
   *     late, when the session is over.
   * @return a new session, to be used by one thread at a time
   * @throws IllegalArgumentException when there is no fingerprint
   */
  public DtlsSession newSession(
      long now, Collection<Fingerprint> clientFingerprints, Runnable wakeUp) {
    if (clientFingerprints.isEmpty()) {
      throw new IllegalArgumentException("no fingerprint");
    }
    return new DtlsSession(this, Fingerprint.strongest(clientFingerprints), wakeUp, now);
  }

  TlsParameters parameters() {
    return parameters;
  }

  long handshakeTimeoutNanos() {
    return handshakeTimeoutNanos;
  }

  Executor executor() {
    return executor;
  }
}
