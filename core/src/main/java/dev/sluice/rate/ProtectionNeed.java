package dev.sluice.rate;

/**
 * Whether parities are worth what they cost: on a link that loses packets, has room for more of
 * them, and is so long that one that is asked for again may come too late. Half of what begins it
 * keeps it up, so that it does not come and go with each report.
 */
public final class ProtectionNeed {
  private static final double LIGHT_LOSS = 0.01;
  private static final double STRONG_LOSS = 0.03;
  private static final double KEEPS = 0.5;
  private static final double SHARE_OF_NEWEST = 0.5;
  private static final double WHOLE = 256;
  private static final long LONG_ROUND_TRIP_NANOS = 100_000_000;
  private static final long LEAST_ROUND_TRIP_NANOS = 80_000_000;

  private Protection level = Protection.NONE;
  private double loss;

  /** Makes one of a link that loses nothing. */
  public ProtectionNeed() {}

  /**
   * Takes a report block (RFC 3550, section 6.4.1).
   *
   * @param fractionLost share of packets lost since the report before, in 1/256
   * @param roundTripNanos round trip by the newest report that told it, -1 while unknown
   * @param room whether the link carries parities too
   */
  public void onReport(int fractionLost, long roundTripNanos, boolean room) {
    loss += SHARE_OF_NEWEST * (fractionLost / WHOLE - loss);
    boolean present = level != Protection.NONE;
    boolean isLong = roundTripNanos >= (present ? LEAST_ROUND_TRIP_NANOS : LONG_ROUND_TRIP_NANOS);
    level = isLong && room ? byLoss() : Protection.NONE;
  }

  /** {@return what is worth sending} */
  public Protection level() {
    return level;
  }

  private Protection byLoss() {
    if (isReached(Protection.STRONG, STRONG_LOSS)) {
      return Protection.STRONG;
    }
    return isReached(Protection.LIGHT, LIGHT_LOSS) ? Protection.LIGHT : Protection.NONE;
  }

  private boolean isReached(Protection wanted, double least) {
    return loss >= (level.compareTo(wanted) >= 0 ? KEEPS * least : least);
  }
}
