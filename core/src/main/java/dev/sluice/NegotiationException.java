package dev.sluice;

/** An offer or a trickle fragment is malformed or asks for what cannot be served. */
public final class NegotiationException extends RelayException {
  private static final long serialVersionUID = 1;

  NegotiationException(String message, Throwable cause) {
    super(message, cause);
  }
}
