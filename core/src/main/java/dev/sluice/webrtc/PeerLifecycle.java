package dev.sluice.webrtc;

/** Hears how far a peer is, on its event loop. */
public interface PeerLifecycle {

  /**
   * ICE and DTLS are through.
   *
   * @param peer who
   */
  void connected(HostedPeer peer);

  /**
   * The session is over.
   *
   * @param peer who
   */
  void ended(HostedPeer peer);
}
