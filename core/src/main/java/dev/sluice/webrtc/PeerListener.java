package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;

/** Hears what happens to one session, on its event loop. */
interface PeerListener {

  /** ICE and DTLS are through. */
  void connected();

  /**
   * The session is over; nothing follows.
   *
   * @param reason why
   */
  void ended(DisconnectReason reason);
}
