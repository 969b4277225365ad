package dev.sluice;

import dev.sluice.webrtc.PeerViewer;

/** Has viewers pass for connected that have no peer. */
public final class ConnectedViewers {

  private ConnectedViewers() {}

  /**
   * Says that a viewer's ICE and DTLS are through.
   *
   * @param viewer who
   */
  public static void connect(Viewer viewer) {
    ((PeerViewer) viewer).connected();
  }
}
