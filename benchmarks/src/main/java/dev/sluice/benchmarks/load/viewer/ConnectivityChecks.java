package dev.sluice.benchmarks.load.viewer;

import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import java.net.InetSocketAddress;
import java.util.Random;

/**
 * The controlling ICE agent of a viewer with one pair: checks it until it answers, with nomination,
 * then keeps consent (RFC 7675).
 */
final class ConnectivityChecks {
  private static final long RETRY_NANOS = 100_000_000;
  private static final long CONSENT_NANOS = 4_000_000_000L;
  private static final long CONSENT_SPREAD_NANOS = 1_000_000_000L;

  private final IceCredentials local;
  private final IceCredentials remote;
  private final Random random;
  private final long tieBreaker;
  private final byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
  private boolean connected;
  private long nextCheck;

  ConnectivityChecks(IceCredentials local, IceCredentials remote, long seed, long now) {
    this.local = local;
    this.remote = remote;
    random = new Random(seed);
    tieBreaker = random.nextLong();
    nextCheck = now;
  }

  /** returns the length of the check to send, 0 for none */
  int tick(long now, SwarmLoop loop) {
    if (now - nextCheck < 0) {
      return 0;
    }
    nextCheck =
        now
            + (connected
                ? CONSENT_NANOS + (long) (random.nextDouble() * CONSENT_SPREAD_NANOS)
                : RETRY_NANOS);
    random.nextBytes(transactionId);
    return loop.checkWriter.write(loop.out, transactionId, local.ufrag(), remote, tieBreaker);
  }

  /** returns whether the datagram made the pair usable */
  boolean receive(byte[] datagram, int length, long now, SwarmLoop loop) {
    if (connected
        || !loop.stunMessage.parse(datagram, 0, length)
        || loop.stunMessage.messageType() != Stun.BINDING_SUCCESS
        || !loop.authenticator.verify(loop.stunMessage, remote)) {
      return false;
    }
    connected = true;
    nextCheck = now + CONSENT_NANOS;
    return true;
  }

  /** answers a check of a relay that is a full agent; returns the response's length, or 0 */
  int respond(byte[] datagram, int length, InetSocketAddress from, SwarmLoop loop) {
    if (!loop.stunMessage.parse(datagram, 0, length)
        || loop.stunMessage.messageType() != Stun.BINDING_REQUEST
        || !loop.authenticator.verify(loop.stunMessage, local)) {
      return 0;
    }
    return loop.stunWriter
        .beginResponse(loop.out, 0, Stun.BINDING_SUCCESS, loop.stunMessage)
        .xorMappedAddress(from)
        .integrity(loop.authenticator, local)
        .fingerprint()
        .length();
  }
}
