package dev.sluice;

import dev.sluice.sdp.SdpException;

/** An offer or a trickle fragment is malformed or asks for what cannot be served. */
public final class NegotiationException extends RelayException {
  private static final long serialVersionUID = 1;

  NegotiationException(String message) {
    super(message);
  }

  NegotiationException(SdpException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
