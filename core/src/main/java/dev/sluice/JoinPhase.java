package dev.sluice;

/** How far a viewer has come, in the order in which it goes. */
public enum JoinPhase {
  /** its offer is answered */
  ANSWERED,
  /** its first valid check came (RFC 8445): it can reach the engine */
  CHECKED,
  /** its first handshake datagram came */
  HANDSHAKE_BEGUN,
  /** the DTLS handshake is complete, and the keys of its media are known */
  HANDSHAKE_DONE,
  /** ICE and DTLS are through: media may flow */
  CONNECTED,
  /** its first complete picture was sent, or the first audio where it gets no picture */
  FIRST_FRAME
}
