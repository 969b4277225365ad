package dev.sluice.rate;

/**
 * Additive increase, multiplicative decrease (draft-ietf-rmcat-gcc-02, section 5.5): down to a
 * share of what arrives when a queue grows, no change while it shrinks, else slowly up, the slower
 * the nearer to where the link was last found to be full.
 */
final class RateControl {
  private static final double DECREASE = 0.85;
  private static final double INCREASE_A_SECOND = 1.08;
  static final double MOST_OVER_ARRIVED = 1.5;
  private static final double LEAST_ADDED_A_SECOND = 4_000;
  private static final double PACKET_BITS = 1_200 * 8;
  private static final double NEAR = 0.2;
  private static final double SECOND = 1e9;
  private static final long FULL_KNOWN_NANOS = 30_000_000_000L;
  private static final long LONGEST_STEP_NANOS = 1_000_000_000;
  private static final long MARGIN_NANOS = 100_000_000;

  private final RateLimits limits;
  private double bitrate;
  private double full;
  private long fullNanos;
  private boolean started;
  private long lastNanos;

  RateControl(RateLimits limits) {
    this.limits = limits;
    bitrate = limits.start();
  }

  double bitrate() {
    return bitrate;
  }

  void set(double raised) {
    bitrate = limits.clamp(raised);
  }

  /** {@return whether it has become less} */
  boolean decrease(long nowNanos, double arriving, long responseNanos) {
    if (full > 0 && nowNanos - fullNanos < responseNanos + MARGIN_NANOS) {
      return false;
    }
    full = arriving;
    fullNanos = nowNanos;
    double before = bitrate;
    bitrate = Math.min(bitrate, limits.clamp(DECREASE * arriving));
    return bitrate < before;
  }

  void hold(long nowNanos) {
    started = true;
    lastNanos = nowNanos;
  }

  /** up by a factor a second, or less near where the link was found to be full */
  void increase(long nowNanos, double arriving, long responseNanos) {
    long elapsed = started ? Math.min(LONGEST_STEP_NANOS, nowNanos - lastNanos) : 0;
    hold(nowNanos);
    double seconds = elapsed / SECOND;
    double increased =
        isNearFull(nowNanos)
            ? bitrate + added(responseNanos) * seconds
            : bitrate * Math.pow(INCREASE_A_SECOND, seconds);
    double most = MOST_OVER_ARRIVED * arriving;
    bitrate = limits.clamp(Math.max(bitrate, Math.min(increased, most)));
  }

  private boolean isNearFull(long nowNanos) {
    return full > 0
        && nowNanos - fullNanos < FULL_KNOWN_NANOS
        && Math.abs(bitrate - full) < NEAR * full;
  }

  /** half a packet per response time */
  private static double added(long responseNanos) {
    return Math.max(
        LEAST_ADDED_A_SECOND, PACKET_BITS / 2 * SECOND / (responseNanos + MARGIN_NANOS));
  }
}
