package dev.sluice;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One WebRTC peer, as its host sees it: one that watches a stream or one that publishes it. */
public interface PeerSession extends AutoCloseable {

  /** {@return an unguessable name of this session, fit for a URL} */
  String id();

  /** {@return the name of the stream, in the one spelling that {@link StreamName} gives it} */
  String streamName();

  /** {@return the SDP answer to its offer; its own, where this side has made the offer} */
  String answer();

  /** {@return the media descriptions of offer and answer in which there is no media, and why} */
  List<RefusedMedia> refusedMedia();

  /** {@return what the host said of it when it came} */
  PeerContext context();

  /** {@return when its offer was answered} */
  Instant startedAt();

  /** {@return where the peer is at this moment, or was last; null before a path is found} */
  @Nullable InetSocketAddress remoteAddress();

  /** {@return whether ICE and DTLS are through and the session has not ended} */
  boolean isConnected();

  /** {@return whether the session ended} */
  boolean isClosed();

  /** {@return why the session ended; null as long as it has not} */
  @Nullable DisconnectReason disconnectReason();

  /**
   * Takes candidates that the peer found after its offer. An ICE-lite agent learns the peer's
   * addresses from its checks, and an answer holds all of them, so this only looks whether the
   * fragment is well-formed.
   *
   * @param sdpFragment an {@code application/trickle-ice-sdpfrag} (RFC 8840)
   * @throws NegotiationException if it is malformed
   */
  void addRemoteCandidates(String sdpFragment);

  /**
   * Restarts ICE (RFC 8445, section 9) with new credentials on both sides; media goes on over the
   * old path until a new one is nominated.
   *
   * @param sdpFragment holds the peer's new user-name fragment and password (RFC 8840)
   * @return the fragment to answer with
   * @throws NegotiationException if it is malformed or holds no credentials, or if this side has
   *     made the offer
   */
  String restartIce(String sdpFragment);

  /**
   * Takes a fragment for what it is: candidates, or an ICE restart when it has credentials that are
   * new.
   *
   * @param sdpFragment an {@code application/trickle-ice-sdpfrag} (RFC 8840)
   * @return the fragment to answer a restart with, or null when there is nothing to answer
   * @throws NegotiationException if it is malformed
   */
  @Nullable String trickle(String sdpFragment);

  /**
   * Has the host told when the session ends; at once if it did already. Listeners are called in the
   * order they came.
   *
   * @param listener called once, on any thread; what it throws is logged
   */
  void onClose(Runnable listener);

  /** Ends the session; the peer is told. */
  @Override
  void close();
}
