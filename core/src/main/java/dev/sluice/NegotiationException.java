package dev.sluice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An offer or a trickle fragment is malformed or asks for what cannot be served. */
public final class NegotiationException extends RelayException {
  private static final long serialVersionUID = 1;

  /** whether it is not as the RFCs want it */
  private final boolean malformed;

  private final transient List<RefusedMedia> refusedMedia;

  private NegotiationException(
      String message,
      @Nullable Throwable cause,
      boolean malformed,
      List<RefusedMedia> refusedMedia) {
    super(message, cause);
    this.malformed = malformed;
    this.refusedMedia = List.copyOf(refusedMedia);
  }

  /**
   * Something is not as the RFCs want it.
   *
   * @param message says what is wrong
   * @param cause what found it, or null
   * @return the exception
   */
  public static NegotiationException malformed(String message, @Nullable Throwable cause) {
    return new NegotiationException(message, cause, true, List.of());
  }

  /**
   * What is asked for cannot be had.
   *
   * @param message says why
   * @param cause what found it
   * @param refusedMedia the media descriptions that cannot be served
   * @return the exception
   */
  public static NegotiationException unservable(
      String message, Throwable cause, List<RefusedMedia> refusedMedia) {
    return new NegotiationException(message, cause, false, refusedMedia);
  }

  /**
   * {@return whether it is not as the RFCs want it; otherwise it is well-formed, and what it asks
   * for cannot be had}
   */
  public boolean isMalformed() {
    return malformed;
  }

  /**
   * {@return the media descriptions that cannot be served, and why; empty when it is malformed or
   * lacks something as a whole}
   */
  public List<RefusedMedia> refusedMedia() {
    return refusedMedia;
  }
}
