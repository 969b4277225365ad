package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceListener;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.Collection;

/** What signalling says of a peer, and so which side is to find the path and to begin with DTLS. */
interface RemotePeer {

  /** Makes the agent that finds a path to it. */
  IceAgent<PeerPath> ice(PeerLoop loop, IceListener<PeerPath> listener, long nowNanos);

  /** the fingerprints of its certificate */
  Collection<Fingerprint> fingerprints();

  /** whether it waits for this side to begin with DTLS */
  boolean passive();

  /**
   * Makes the DTLS association with it.
   *
   * @param wakeUp called from any thread when something was computed
   */
  default DtlsSession dtls(DtlsServer dtls, long nowNanos, Runnable wakeUp) {
    return passive()
        ? dtls.newActiveSession(nowNanos, fingerprints(), wakeUp)
        : dtls.newSession(nowNanos, fingerprints(), wakeUp);
  }

  /** whether it may send media before this side has the keys, since it has the last flight */
  default boolean mayBeEarly() {
    return passive();
  }
}
