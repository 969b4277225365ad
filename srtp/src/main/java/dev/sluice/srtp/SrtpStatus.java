package dev.sluice.srtp;

/** Why a packet was refused: the negative results of protecting and unprotecting. */
public final class SrtpStatus {

  /** The packet is too short, or its header is not one of RTP or RTCP version 2. */
  public static final int MALFORMED = -1;

  /** The packet was seen before, or it is older than the replay window. */
  public static final int REPLAYED = -2;

  /** The authentication tag does not match: damaged, forged, or protected with another key. */
  public static final int AUTHENTICATION_FAILED = -3;

  /** The keys have served as many packets as they may (RFC 3711, section 9.2). */
  public static final int KEY_EXPIRED = -4;

  /** The packet is from one SSRC more than the receiver was told to keep state for. */
  public static final int TOO_MANY_SSRCS = -5;

  private SrtpStatus() {}

  /**
   * Names a status, for logs and metrics.
   *
   * @param status result of protecting or unprotecting
   * @return name of the constant; "OK" for a result that is not negative
   */
  public static String name(int status) {
    return switch (status) {
      case MALFORMED -> "MALFORMED";
      case REPLAYED -> "REPLAYED";
      case AUTHENTICATION_FAILED -> "AUTHENTICATION_FAILED";
      case KEY_EXPIRED -> "KEY_EXPIRED";
      case TOO_MANY_SSRCS -> "TOO_MANY_SSRCS";
      default -> status >= 0 ? "OK" : "UNKNOWN";
    };
  }
}
