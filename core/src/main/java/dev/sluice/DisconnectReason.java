package dev.sluice;

/** Why a peer is gone. */
public enum DisconnectReason {
  /** the host closed it, over WHEP for instance */
  CLOSED_BY_HOST,
  /** another publisher took its stream over */
  REPLACED,
  /** the peer said goodbye (DTLS close_notify) */
  CLOSED_BY_PEER,
  /** it never connected within the configured time, or sent no valid check in its first 10 s */
  CONNECT_TIMEOUT,
  /**
   * it had not connected yet and gave way to a newer one, see {@link SessionOptions#maxConnecting}
   */
  EVICTED,
  /** the DTLS handshake failed, for a wrong certificate for instance */
  HANDSHAKE_FAILED,
  /** it fell silent for the configured time (RFC 7675) */
  CONSENT_LOST,
  /**
   * picture or sound of its stream goes on in a codec that it did not agree to: it may come anew
   */
  CODEC_CHANGED,
  /** its SRTP keys reached the end of their life */
  KEYS_EXHAUSTED,
  /** its cipher provider, its retransmission buffer or the engine threw, see the log */
  FAILED,
  /** the engine was closed */
  ENGINE_CLOSED
}
