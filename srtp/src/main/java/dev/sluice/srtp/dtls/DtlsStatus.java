package dev.sluice.srtp.dtls;

/** Where a {@link DtlsSession} is in its life. It only ever moves forward in this list. */
public enum DtlsStatus {
  /** Nothing of a ClientHello has come. */
  NEW,
  /** The handshake is under way. */
  HANDSHAKING,
  /** The handshake is complete: the SRTP keys are there. */
  CONNECTED,
  /** The handshake has failed; {@link DtlsSession#failure()} says why. */
  FAILED,
  /** One of the sides has ended the association. */
  CLOSED
}
