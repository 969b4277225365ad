package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import java.net.InetSocketAddress;

/** Hears what happens to one session, on its event loop. */
interface PeerListener {

  /** ICE and DTLS are through. */
  void connected();

  /**
   * Media goes to another address from now on.
   *
   * @param remote where to
   */
  default void pathChanged(InetSocketAddress remote) {}

  /**
   * The session is over; nothing follows.
   *
   * @param reason why
   */
  void ended(DisconnectReason reason);
}
