package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import java.net.InetSocketAddress;

/** Hears what happens to one session, on its event loop. */
interface PeerListener {

  /**
   * It has come as far as that.
   *
   * @param phase which may be told again
   */
  default void reached(JoinPhase phase) {}

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
