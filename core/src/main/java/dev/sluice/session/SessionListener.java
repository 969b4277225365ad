package dev.sluice.session;

import dev.sluice.DisconnectReason;

/** Hears what happens to one session, on its event loop. */
public interface SessionListener {

  /** ICE and DTLS are through. */
  void connected();

  /** The first complete picture, or audio packet where there is no video, was sent. */
  void firstFrameSent();

  /**
   * The session is over; nothing follows.
   *
   * @param reason why
   */
  void ended(DisconnectReason reason);
}
