package dev.sluice.sdp;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A well-formed offer that asks for what cannot be had, or an answer that does not give it. The
 * message says what, and may be shown to the peer: it holds no secret.
 */
public final class UnservableOfferException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<MediaRefusal> refusals;

  /**
   * Creates the exception for an offer that lacks something as a whole.
   *
   * @param message what cannot be had
   */
  public UnservableOfferException(String message) {
    super(message);
    refusals = List.of();
  }

  /**
   * Creates the exception for an offer whose media descriptions do not fit.
   *
   * @param message what cannot be had
   * @param refusals why, for each media description in which nothing can be sent
   */
  public UnservableOfferException(String message, List<MediaRefusal> refusals) {
    super(
        message
            + refusals.stream()
                .map(MediaRefusal::toString)
                .collect(Collectors.joining("; ", ": ", "")));
    this.refusals = List.copyOf(refusals);
  }

  /** {@return why, for each media description in which nothing can be sent; may be empty} */
  public List<MediaRefusal> refusals() {
    return refusals;
  }
}
