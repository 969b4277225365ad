package dev.sluice.webrtc;

/**
 * How long a peer may take for ICE and DTLS: little until its first valid check, since an answer
 * that reaches its browser is followed by checks at once.
 */
final class ConnectDeadline {
  private static final long FIRST_CHECK_NANOS = 10_000_000_000L;

  private final long connect;
  private final long firstCheck;
  private boolean checked;

  ConnectDeadline(long nowNanos, long timeoutNanos) {
    connect = nowNanos + timeoutNanos;
    firstCheck = Math.min(connect, nowNanos + FIRST_CHECK_NANOS);
  }

  /** a valid check came; returns whether it is the first */
  boolean checked() {
    boolean first = !checked;
    checked = true;
    return first;
  }

  long nanos() {
    return checked ? connect : firstCheck;
  }
}
