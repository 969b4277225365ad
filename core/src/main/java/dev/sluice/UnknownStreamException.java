package dev.sluice;

/** No stream of that name exists. */
public final class UnknownStreamException extends RelayException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message says what was asked for and what there is
   */
  public UnknownStreamException(String message) {
    super(message);
  }
}
