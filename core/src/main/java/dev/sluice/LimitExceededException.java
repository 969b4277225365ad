package dev.sluice;

/** The configured number of sessions is reached. */
public final class LimitExceededException extends RelayException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message says what was asked for and what there is
   */
  public LimitExceededException(String message) {
    super(message);
  }
}
