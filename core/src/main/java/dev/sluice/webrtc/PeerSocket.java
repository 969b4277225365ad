package dev.sluice.webrtc;

import java.util.List;

/**
 * A UDP socket for one peer that is called. Several peers of one relay are at one address; on a
 * socket of its own, what comes from there is the one peer's.
 *
 * @param loop where the peer is at home, and nobody else
 * @param directory knows that peer only
 * @param candidates at which the socket can be reached, as in SDP
 * @param closing closes the socket, from any thread, without waiting
 */
public record PeerSocket(
    PeerLoop loop, PeerDirectory directory, List<String> candidates, Runnable closing) {

  /** Copies the list. */
  public PeerSocket {
    candidates = List.copyOf(candidates);
  }
}
