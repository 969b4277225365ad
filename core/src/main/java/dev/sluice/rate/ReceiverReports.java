package dev.sluice.rate;

/** Where there is no transport-wide feedback: loss, and round trips in the place of delays. */
final class ReceiverReports {
  private static final long UNKNOWN = -1;

  /** reports are rare, and there are no trains: faster than by transport-wide feedback */
  private static final double INCREASE_A_SECOND = 1.3;

  private static final double SECOND = 1e9;
  private static final long LONGEST_STEP_NANOS = 2_000_000_000;

  /** round trips alone may be a busy viewer's: a full link loses packets besides */
  private static final double LEAST_LOSS = 0.02;

  private static final long QUEUE_NANOS = 100_000_000;

  private final RateControl rate;
  private final LossControl loss;
  private final QueueDelay roundTrips = new QueueDelay();
  private boolean reported;
  private long lastNanos;

  ReceiverReports(RateControl rate, LossControl loss) {
    this.rate = rate;
    this.loss = loss;
  }

  void onReport(long nowNanos, double lost, long roundTripNanos, double sending) {
    if (roundTripNanos != UNKNOWN) {
      roundTrips.add(nowNanos, roundTripNanos);
    }
    double ownBurst = Rates.nanos(SendBudget.BURST_BYTES, rate.bitrate());
    boolean queue = roundTrips.nanos() > QUEUE_NANOS + ownBurst;
    double arriving = sending * (1 - lost);
    loss.update(nowNanos, lost, sending, queue);
    if (queue && lost > LEAST_LOSS) {
      rate.decrease(nowNanos, arriving, Math.max(0, roundTripNanos));
    } else {
      increase(nowNanos, arriving);
    }
    reported = true;
    lastNanos = nowNanos;
  }

  private void increase(long nowNanos, double arriving) {
    long elapsed = reported ? Math.min(LONGEST_STEP_NANOS, nowNanos - lastNanos) : 0;
    double increased = rate.bitrate() * Math.pow(INCREASE_A_SECOND, elapsed / SECOND);
    double most = RateControl.MOST_OVER_ARRIVED * arriving;
    rate.set(Math.max(rate.bitrate(), Math.min(increased, most)));
  }
}
