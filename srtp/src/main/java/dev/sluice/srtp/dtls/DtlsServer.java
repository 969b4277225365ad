package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The passive side of DTLS-SRTP (RFC 5763, RFC 5764), and the active one towards peers that want to
 * be passive themselves: what all sessions of an engine share.
 *
 * <p>DTLS 1.2 (RFC 6347) with ECDHE-ECDSA; the peer's certificate and an extended master secret
 * (RFC 7627) are required; session resumption, renegotiation, heartbeats and application data do
 * not exist. There is no HelloVerifyRequest: ICE has looked at the address of a client before its
 * first datagram comes here, and what goes to an address that is not proved is limited ({@link
 * DtlsSession#addressProved}). Elliptic curves are Bouncy Castle's or those of a named provider,
 * all other cryptography that of the JVM's installed providers.
 *
 * <p>Handshakes that are under way keep at most 16 MiB in sum; beyond it the oldest is given up.
 * Safe for use by several threads.
 */
public final class DtlsServer {
  /** Length in bytes of the longest datagram that is sent, whatever the path allows. */
  public static final int MAX_DATAGRAM = 1200;

  private static final long MAX_PENDING_BYTES = 16 << 20;

  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final @Nullable Provider curves;
  private final SecureRandom random;
  private @Nullable TlsParameters parameters;
  private final long handshakeTimeoutNanos;
  private final HandshakeQueue queue;
  private final PendingHandshakes pending;

  /**
   * Creates a server with Bouncy Castle's curves.
   *
   * @param identity certificate of this side
   * @param profiles SRTP protection profiles that are allowed, the best first
   * @param handshakeTimeoutNanos nanoseconds that a session may take to be connected
   * @param executor what runs the handshakes' computations
   * @param random source of keys and nonces, used by the executor's threads as well
   * @throws IllegalArgumentException when there is no profile or the timeout is not positive
   */
  public DtlsServer(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      long handshakeTimeoutNanos,
      Executor executor,
      SecureRandom random) {
    this(identity, profiles, handshakeTimeoutNanos, executor, null, random);
  }

  /**
   * Creates a server.
   *
   * @param identity certificate of this side
   * @param profiles SRTP protection profiles that are allowed, the best first
   * @param handshakeTimeoutNanos nanoseconds that a session may take to be connected
   * @param executor what runs the handshakes' computations: two short tasks each, about a
   *     millisecond long, which never block. It may refuse tasks; they are then tried again later.
   * @param curves JCA provider of P-256 and P-384, which is then preferred to X25519; null, or one
   *     that has them not, for Bouncy Castle's curves
   * @param random source of keys and nonces, used by the executor's threads as well
   * @throws IllegalArgumentException when there is no profile or the timeout is not positive
   */
  public DtlsServer(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      long handshakeTimeoutNanos,
      Executor executor,
      @Nullable Provider curves,
      SecureRandom random) {
    this(identity, profiles, handshakeTimeoutNanos, executor, curves, random, MAX_PENDING_BYTES);
  }

  DtlsServer(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      long handshakeTimeoutNanos,
      Executor executor,
      @Nullable Provider curves,
      SecureRandom random,
      long maxPendingBytes) {
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("no SRTP profile");
    }
    if (handshakeTimeoutNanos <= 0) {
      throw new IllegalArgumentException("handshake timeout must be positive");
    }
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    this.curves = curves;
    this.random = random;
    this.handshakeTimeoutNanos = handshakeTimeoutNanos;
    queue = new HandshakeQueue(executor);
    this.pending = new PendingHandshakes(maxPendingBytes);
  }

  /**
   * Creates the session of one client. The handshake timeout runs from now on, also while nothing
   * has come from it.
   *
   * @param now present time in nanoseconds
   * @param clientFingerprints fingerprints from the client's SDP. When they are of several hash
   *     functions, those of the strongest decide (RFC 8122, section 5).
   * @param wakeUp called when a computation is done, by the executor's thread, or from within a
   *     call of the session if the executor runs tasks at once; and when the session is given up in
   *     favour of newer ones, by a thread that owns another session. It has to see to it that
   *     {@link DtlsSession#handleTimeout} is called soon by the thread that owns the session. It
   *     may come late, when the session is over.
   * @return a new session, to be used by one thread at a time
   * @throws IllegalArgumentException when there is no fingerprint
   */
  public DtlsSession newSession(
      long now, Collection<Fingerprint> clientFingerprints, Runnable wakeUp) {
    return newSession(Role.SERVER, now, clientFingerprints, wakeUp);
  }

  /**
   * Creates a session in which this side is the active one. Its ClientHello is made when the peer
   * is known to receive ({@link DtlsSession#addressProved}); the handshake timeout runs from now
   * on.
   *
   * @param now present time in nanoseconds
   * @param serverFingerprints fingerprints from the server's SDP
   * @param wakeUp as for {@link #newSession}; handshakes of this kind are never given up
   * @return a new session, to be used by one thread at a time
   * @throws IllegalArgumentException when there is no fingerprint
   */
  public DtlsSession newActiveSession(
      long now, Collection<Fingerprint> serverFingerprints, Runnable wakeUp) {
    return newSession(Role.CLIENT, now, serverFingerprints, wakeUp);
  }

  private DtlsSession newSession(
      Role role, long now, Collection<Fingerprint> fingerprints, Runnable wakeUp) {
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("no fingerprint");
    }
    return new DtlsSession(this, role, Fingerprint.strongest(fingerprints), wakeUp, now);
  }

  /**
   * Counts the handshakes that were given up because too many were under way. Any thread.
   *
   * @return number of sessions that have failed for {@link DtlsFailure.Reason#OVERLOAD}
   */
  public long evictedHandshakes() {
    return pending.evicted();
  }

  PendingHandshakes pending() {
    return pending;
  }

  /**
   * Loads what the first handshake would have to wait for: most of a library. Any thread.
   *
   * @throws IllegalArgumentException when the identity cannot be read
   */
  public void warmUp() {
    parameters();
  }

  /** made by the first who asks, on a thread that may wait */
  synchronized TlsParameters parameters() {
    TlsParameters made = parameters;
    if (made == null) {
      made = new TlsParameters(identity, profiles, curves, random);
      parameters = made;
    }
    return made;
  }

  long handshakeTimeoutNanos() {
    return handshakeTimeoutNanos;
  }

  HandshakeQueue queue() {
    return queue;
  }
}
