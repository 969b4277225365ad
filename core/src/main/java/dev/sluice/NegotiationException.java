package dev.sluice;

/** An offer or a trickle fragment is malformed or asks for what cannot be served. */
public final class NegotiationException extends RelayException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message says what is wrong
   */
  public NegotiationException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param cause its message says what is wrong
   */
  public NegotiationException(Exception cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
