package dev.sluice;

import dev.sluice.webrtc.HostedPeer;

/** Has peers pass for connected that nobody is behind. */
public final class ConnectedViewers {

  private ConnectedViewers() {}

  /**
   * Says that a peer's ICE and DTLS are through.
   *
   * @param peer whose
   */
  public static void connect(PeerSession peer) {
    ((HostedPeer) peer).connected();
  }
}
