package dev.sluice.signalling;

import dev.sluice.LimitExceededException;
import dev.sluice.NegotiationException;
import dev.sluice.PeerContext;
import dev.sluice.PeerSession;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Turns offers into sessions. Called by any thread.
 *
 * @param <S> its sessions
 */
@FunctionalInterface
public interface SessionOpener<S extends PeerSession> {

  /**
   * Waits until there is something to open a session for.
   *
   * @param stream the name of the stream
   * @return is done when {@link #open} may be called; fails with what {@link #open} may throw, or
   *     with {@link StreamNotReadyException}
   */
  default CompletionStage<?> ready(String stream) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Opens a session.
   *
   * @param stream the name of the stream
   * @param offerSdp what the peer offers
   * @param context what is known of the peer
   * @return the session, with the answer
   * @throws UnknownStreamException if there is no such stream
   * @throws NegotiationException if the offer is malformed or cannot be served
   * @throws LimitExceededException if there are as many sessions as there may be
   * @throws IllegalStateException if no session can be opened any more
   */
  S open(String stream, String offerSdp, PeerContext context);

  /**
   * A peer was refused, for its offer, for a limit or by the authorizer.
   *
   * @param stream the name of the stream
   * @param remoteAddress where the request came from, as far as it is known
   * @param reason what is to be changed; may quote the peer
   */
  default void refused(String stream, @Nullable InetSocketAddress remoteAddress, String reason) {}
}
