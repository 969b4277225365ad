package dev.sluice;

/**
 * An offer that this side makes to a peer that is to send a stream: the mirror of {@link
 * RelayEngine#ingest}. It holds a UDP socket until it is closed or its session has ended. Safe for
 * any thread.
 */
public interface IngestOffer extends AutoCloseable {

  /** {@return the SDP offer; it holds all candidates, and a secret} */
  String sdp();

  /**
   * The peer has answered: this side looks for a path to it, controlling in ICE, and the stream is
   * published from the moment on when it is connected. Once only; where it throws, close the offer.
   *
   * @param answerSdp its SDP answer, with all its candidates, since none can be added
   * @return the session
   * @throws NegotiationException if the answer is malformed, or nothing in it can be relayed
   * @throws LimitExceededException if there are as many peers as {@link SessionOptions} allow
   * @throws IllegalStateException if it was answered before, or the offer or the engine is closed
   */
  Ingest accept(String answerSdp);

  /** Gives the offer up, or ends its session without a goodbye. */
  @Override
  void close();
}
