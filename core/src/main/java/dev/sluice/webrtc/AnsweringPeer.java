package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.IceFullAgent;
import dev.sluice.ice.IceListener;
import dev.sluice.ice.RemoteCandidate;
import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpPath;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.Collection;
import java.util.List;

/**
 * A peer that has answered an offer: this side finds the path.
 *
 * @param local ICE credentials that the peer was told
 * @param remote ICE credentials from its answer
 * @param fingerprints of its certificate, from its answer
 * @param candidates where it can be reached
 * @param passive whether it waits for this side to begin with DTLS
 */
record AnsweringPeer(
    IceCredentials local,
    IceCredentials remote,
    Collection<Fingerprint> fingerprints,
    List<RemoteCandidate> candidates,
    boolean passive)
    implements RemotePeer {

  @Override
  public IceAgent<PeerPath> ice(PeerLoop loop, IceListener<PeerPath> listener, long nowNanos) {
    return new IceFullAgent<>(
        loop.ice(),
        local,
        remote,
        candidates,
        address -> new UdpPath(loop.socket(), address),
        listener,
        nowNanos);
  }
}
