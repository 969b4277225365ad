package dev.sluice.webrtc;

/** Hears how far a viewer is, on its event loop. */
public interface ViewerLifecycle {

  /**
   * ICE and DTLS are through.
   *
   * @param viewer who
   */
  void connected(PeerViewer viewer);

  /**
   * The session is over.
   *
   * @param viewer who
   */
  void ended(PeerViewer viewer);
}
