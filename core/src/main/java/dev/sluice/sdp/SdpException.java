package dev.sluice.sdp;

/**
 * A session description that is malformed. The message says what is wrong and may be shown to the
 * peer: it holds no secret.
 */
public final class SdpException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong with the description
   */
  public SdpException(String message) {
    super(message);
  }
}
