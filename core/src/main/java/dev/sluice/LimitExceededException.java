package dev.sluice;

/** A configured limit, of viewers or of streams, is reached. */
public final class LimitExceededException extends RelayException {
  private static final long serialVersionUID = 1;

  LimitExceededException(String message) {
    super(message);
  }
}
