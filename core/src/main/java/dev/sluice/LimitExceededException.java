package dev.sluice;

/** The configured number of viewers is reached. */
public final class LimitExceededException extends RelayException {
  private static final long serialVersionUID = 1;

  LimitExceededException(String message) {
    super(message);
  }
}
