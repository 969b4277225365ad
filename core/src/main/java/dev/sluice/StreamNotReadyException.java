package dev.sluice;

/** A source was asked for the stream, and did not publish it in time. */
public final class StreamNotReadyException extends RelayException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message says what was asked for and how long it was waited for
   */
  public StreamNotReadyException(String message) {
    super(message);
  }
}
