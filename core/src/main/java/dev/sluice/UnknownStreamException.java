package dev.sluice;

/** No stream of that name exists. */
public final class UnknownStreamException extends RelayException {
  private static final long serialVersionUID = 1;

  UnknownStreamException(String message) {
    super(message);
  }
}
