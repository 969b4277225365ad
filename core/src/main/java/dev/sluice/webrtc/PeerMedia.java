package dev.sluice.webrtc;

import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import java.util.function.Consumer;

/** What a peer is there for: media that goes to it or comes from it. On its event loop only. */
interface PeerMedia {

  /** there is a path: packets go by it from now on */
  void resume(PeerPath path, PeerLoop loop);

  /** the path takes packets again, which it did not for a time */
  default void takesMore(PeerLoop loop) {}

  /** nothing may be sent until {@link #resume}: the peer's consent to every path is gone */
  void pause(PeerLoop loop);

  /**
   * the keys are there, and the path of the last {@link #resume}; what goes wrong later where no
   * call of the peer's is under way is told
   */
  void start(long nowNanos, SrtpKeyPair keys, PeerLoop loop, Consumer<Throwable> onFailure);

  /** takes an RTP or RTCP datagram, encrypted, borrowed; returns whether it was authentic */
  boolean receive(long nowNanos, byte[] packet, int length, PeerLoop loop);

  /** counts a datagram that no part of the session wanted */
  void countUnexpected();

  /** when {@link #reportIfDue} is to be called next, {@link Long#MAX_VALUE} for not yet */
  long nextReport();

  /** returns false when the keys are used up and the session cannot go on */
  boolean reportIfDue(long nowNanos, PeerLoop loop);

  /** ends it, with a goodbye where there are keys and a path */
  void close(PeerLoop loop);
}
