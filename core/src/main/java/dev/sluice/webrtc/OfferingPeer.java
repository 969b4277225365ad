package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.IceListener;
import dev.sluice.ice.IceLiteAgent;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.Collection;

/**
 * A peer whose offer was answered: it finds the path and begins with DTLS.
 *
 * @param local ICE credentials that the peer was told
 * @param remote ICE credentials from its offer
 * @param fingerprints of its certificate, from its offer
 */
record OfferingPeer(
    IceCredentials local, IceCredentials remote, Collection<Fingerprint> fingerprints)
    implements RemotePeer {

  @Override
  public IceAgent<PeerPath> ice(PeerLoop loop, IceListener<PeerPath> listener, long nowNanos) {
    return new IceLiteAgent<>(loop.ice(), local, remote, listener, nowNanos);
  }

  @Override
  public DtlsSession dtls(DtlsServer dtls, long nowNanos, Runnable wakeUp) {
    return dtls.newSession(nowNanos, fingerprints, wakeUp);
  }

  /** its keys come with the last flight, which is ours */
  @Override
  public boolean mayBeEarly() {
    return false;
  }
}
