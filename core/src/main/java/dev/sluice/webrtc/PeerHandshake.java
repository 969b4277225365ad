package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.DtlsStatus;
import dev.sluice.srtp.dtls.SrtpKeyPair;

/** A peer's DTLS association over the paths that ICE finds. On the peer's event loop only. */
final class PeerHandshake {
  private static final int FIRST = 20;
  private static final int LAST = 63;
  private static final int EPOCH = 3;

  private final DtlsSession dtls;
  private final IceAgent<PeerPath> ice;
  private final HandshakePath path;
  private volatile boolean complete;

  PeerHandshake(DtlsSession dtls, PeerLoop loop, IceAgent<PeerPath> ice) {
    this.dtls = dtls;
    this.ice = ice;
    path = new HandshakePath(loop, ice, dtls);
  }

  /** the same on another loop; before anything was received */
  PeerHandshake on(PeerLoop other, IceAgent<PeerPath> agent) {
    return new PeerHandshake(dtls, other, agent);
  }

  /** whether a datagram is of DTLS (RFC 7983) */
  static boolean isDtls(byte[] datagram) {
    return datagram[0] >= FIRST && datagram[0] <= LAST;
  }

  /**
   * Whether a datagram begins with a DTLS record that is not encrypted (epoch 0, RFC 6347, section
   * 4.1): only a handshake can tell whose it is.
   */
  static boolean isPlain(byte[] datagram, int length) {
    return length > EPOCH + 1
        && isDtls(datagram)
        && datagram[EPOCH] == 0
        && datagram[EPOCH + 1] == 0;
  }

  /** any thread */
  boolean isComplete() {
    return complete;
  }

  DtlsStatus status() {
    return dtls.status();
  }

  /** {@return whether it is the first of the association} */
  boolean receive(long nowNanos, byte[] datagram, int length, PeerPath from) {
    boolean first = path.received(nowNanos, from);
    dtls.handle(nowNanos, datagram, 0, length);
    return first;
  }

  /** the keys are there: other paths than the one of the handshake need a proof from now on */
  void complete(long nowNanos) {
    complete = true;
    ice.requireProof(nowNanos, path.complete());
  }

  SrtpKeyPair takeKeys() {
    return dtls.takeKeys();
  }

  void handleTimeout(long nowNanos) {
    dtls.handleTimeout(nowNanos);
  }

  long nextTimeout() {
    return dtls.nextTimeout();
  }

  /** Sends what is to be sent: checks, and where there is a path what the handshake has to say. */
  void proceed(long nowNanos) {
    path.seekProof(nowNanos);
    path.sendChecks(nowNanos);
    path.transmit();
  }

  /** Says goodbye. */
  void close(long nowNanos) {
    dtls.close(nowNanos);
    path.transmit();
  }
}
