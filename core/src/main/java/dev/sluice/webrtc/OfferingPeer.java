package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.IceListener;
import dev.sluice.ice.IceLiteAgent;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.Collection;

/**
 * A peer whose offer was answered: it finds the path.
 *
 * @param local ICE credentials that the peer was told
 * @param remote ICE credentials from its offer
 * @param fingerprints of its certificate, from its offer
 * @param passive whether it waits for this side to begin with DTLS
 */
record OfferingPeer(
    IceCredentials local,
    IceCredentials remote,
    Collection<Fingerprint> fingerprints,
    boolean passive)
    implements RemotePeer {

  @Override
  public IceAgent<PeerPath> ice(PeerLoop loop, IceListener<PeerPath> listener, long nowNanos) {
    return new IceLiteAgent<>(loop.ice(), local, remote, listener, nowNanos);
  }
}
