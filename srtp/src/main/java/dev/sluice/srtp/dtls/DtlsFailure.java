package dev.sluice.srtp.dtls;

/**
 * Why a handshake has failed.
 *
 * @param reason the kind of failure
 * @param detail the alert and what is known beyond it, for a log; no secrets
 */
public record DtlsFailure(Reason reason, String detail) {

  /** Kinds of failure. */
  public enum Reason {
    /** The handshake was not complete in time. */
    TIMEOUT,
    /** The peer has no certificate, or not the one of its fingerprint (RFC 8122, section 5). */
    CERTIFICATE,
    /** The peer has no SRTP protection profile that the host allows (RFC 5764). */
    NO_SRTP_PROFILE,
    /** The peer broke the protocol, or the two have no version, cipher or curve in common. */
    PROTOCOL,
    /** The peer has ended the handshake by an alert. */
    PEER_ALERT,
    /** This side has given it up, the oldest of too many that are under way. */
    OVERLOAD,
    /** An error of this side, or input that its cryptographic provider stumbled over. */
    INTERNAL
  }
}
