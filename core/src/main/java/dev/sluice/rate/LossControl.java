package dev.sluice.rate;

/**
 * A bound by loss (draft-ietf-rmcat-gcc-02, section 6): up where it is below 2 %, down where it is
 * above 10 %, by half of it. Radio loses packets whatever is sent, and then less picture would help
 * nobody: up to 20 % without a queue is taken for that, and so is loss that stays when less is
 * sent.
 */
final class LossControl {
  private static final double LOW = 0.02;
  private static final double HIGH = 0.1;
  private static final double HIGH_WITHOUT_QUEUE = 0.2;
  private static final double LESS = 0.85;
  private static final double MOST_INHERENT = 0.3;
  private static final long LONGEST_TRIAL_NANOS = 5_000_000_000L;
  private static final double SHARE_OF_NEWEST = 0.5;
  private static final double INCREASE_A_SECOND = 1.25;
  private static final double SECOND = 1e9;
  private static final long LONGEST_STEP_NANOS = 1_000_000_000;
  private static final double INHERENT_FADES = 0.995;
  private static final long STEP_NANOS = 500_000_000;
  private static final long TRIAL_NANOS = 1_000_000_000;
  private static final int LEAST_PACKETS = 50;

  private final RateLimits limits;
  private double bound;
  private double inherent;
  private double lossBeforeTrial;
  private double boundBeforeTrial;
  private double sendingBeforeTrial;
  private long trialNanos;
  private boolean stepped;
  private long stepNanos;
  private double smoothed;
  private int arrived;
  private int lost;

  LossControl(RateLimits limits) {
    this.limits = limits;
    bound = limits.greatest();
  }

  double bound() {
    return bound;
  }

  void arrived() {
    arrived++;
  }

  void lost() {
    lost++;
  }

  /** one that was reported lost has arrived after all */
  void late() {
    lost = Math.max(0, lost - 1);
    arrived++;
  }

  /**
   * Judges what was counted, when it is enough.
   *
   * @param sending bit rate that is sent
   * @param queue whether packets wait on the way
   */
  void update(long nowNanos, double sending, boolean queue) {
    int packets = arrived + lost;
    boolean soon = stepped && nowNanos - stepNanos < STEP_NANOS;
    if (packets >= LEAST_PACKETS && !soon) {
      smoothed += SHARE_OF_NEWEST * ((double) lost / packets - smoothed);
      arrived = 0;
      lost = 0;
      update(nowNanos, smoothed, sending, queue);
    }
  }

  void update(long nowNanos, double share, double sending, boolean queue) {
    long elapsed = stepped ? Math.min(LONGEST_STEP_NANOS, nowNanos - stepNanos) : 0;
    stepped = true;
    stepNanos = nowNanos;
    endTrial(nowNanos, share, sending);
    double excess = share - inherent;
    inherent = Math.min(inherent * INHERENT_FADES, share);
    if (excess > (queue ? HIGH : HIGH_WITHOUT_QUEUE)) {
      beginTrial(nowNanos, share, sending);
      double carried = sending * (1 - excess);
      bound = limits.clamp(Math.max(carried, Math.min(bound, sending) * (1 - excess / 2)));
    } else if (excess < LOW) {
      bound = limits.clamp(bound * Math.pow(INCREASE_A_SECOND, elapsed / SECOND));
    }
  }

  private void beginTrial(long nowNanos, double share, double sending) {
    if (lossBeforeTrial == 0) {
      lossBeforeTrial = share;
      boundBeforeTrial = bound;
      sendingBeforeTrial = sending;
      trialNanos = nowNanos;
    }
  }

  /** a full link loses what exceeds it; what is lost all the same when less is sent is the way's */
  private void endTrial(long nowNanos, double share, double sending) {
    long age = nowNanos - trialNanos;
    boolean less = sending < LESS * sendingBeforeTrial;
    if (lossBeforeTrial == 0 || age < TRIAL_NANOS || (!less && age < LONGEST_TRIAL_NANOS)) {
      return;
    }
    double carried = sendingBeforeTrial * (1 - lossBeforeTrial);
    double ofFullLink = Math.max(0, 1 - carried / sending);
    if (less && share < MOST_INHERENT && share > (lossBeforeTrial + ofFullLink) / 2) {
      inherent = share;
      bound = boundBeforeTrial;
    }
    lossBeforeTrial = 0;
  }
}
