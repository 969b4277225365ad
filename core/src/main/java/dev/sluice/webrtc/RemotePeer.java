package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceListener;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;

/** What signalling says of a peer, and so which side is to find the path and to begin with DTLS. */
interface RemotePeer {

  /** Makes the agent that finds a path to it. */
  IceAgent<PeerPath> ice(PeerLoop loop, IceListener<PeerPath> listener, long nowNanos);

  /**
   * Makes the DTLS association with it.
   *
   * @param wakeUp called from any thread when something was computed
   */
  DtlsSession dtls(DtlsServer dtls, long nowNanos, Runnable wakeUp);

  /** whether it may send media before this side has the keys */
  boolean mayBeEarly();
}
