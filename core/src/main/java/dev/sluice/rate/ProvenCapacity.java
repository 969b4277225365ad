package dev.sluice.rate;

/**
 * What trains of packets show a link to carry. A picture of several packets leaves at once, so a
 * stream probes its own link; padding does where pictures are small. A link that gathers packets
 * and delivers them at once makes trains look fast, so two in a row have to agree, and after a
 * raise that led to a queue trains are not believed for a while.
 */
final class ProvenCapacity {
  private static final long VALID_NANOS = 3_000_000_000L;
  private static final long STEP_NANOS = 200_000_000;
  private static final long BLAMED_NANOS = 1_000_000_000;
  private static final long FIRST_DISTRUST_NANOS = 1_000_000_000;
  private static final long LONGEST_DISTRUST_NANOS = 16_000_000_000L;
  private static final double SAFETY = 0.95;
  private static final double LARGEST_STEP = 2;

  private double newest;
  private double before;
  private long newestNanos;
  private long beforeNanos;
  private long raisedNanos;
  private boolean raised;
  private long distrustNanos = FIRST_DISTRUST_NANOS;
  private long distrustedUntil;
  private boolean distrusted;

  void train(long nowNanos, double bitrate) {
    before = newest;
    beforeNanos = newestNanos;
    newest = bitrate;
    newestNanos = nowNanos;
  }

  /** {@return bits per second, 0 where two trains of late are not there or not to be believed} */
  double bitrate(long nowNanos) {
    boolean valid = before > 0 && nowNanos - beforeNanos < VALID_NANOS;
    return valid && !isDistrusted(nowNanos) ? Math.min(newest, before) : 0;
  }

  long newestNanos() {
    return newestNanos;
  }

  /** an estimate raised to what trains show, by one step at most */
  double raise(long nowNanos, double estimate) {
    double shown = SAFETY * bitrate(nowNanos);
    if (shown <= estimate || isTooSoon(nowNanos)) {
      return estimate;
    }
    raised = true;
    raisedNanos = nowNanos;
    return Math.min(shown, LARGEST_STEP * estimate);
  }

  /** A queue has grown: what trains showed before is not true any more. */
  void overused(long nowNanos) {
    newest = 0;
    before = 0;
    boolean blamed = raised && nowNanos - raisedNanos < BLAMED_NANOS;
    distrustNanos =
        blamed ? Math.min(LONGEST_DISTRUST_NANOS, 2 * distrustNanos) : FIRST_DISTRUST_NANOS;
    distrusted = true;
    distrustedUntil = nowNanos + distrustNanos;
  }

  private boolean isTooSoon(long nowNanos) {
    return raised && nowNanos - raisedNanos < STEP_NANOS;
  }

  private boolean isDistrusted(long nowNanos) {
    distrusted &= nowNanos - distrustedUntil < 0;
    return distrusted;
  }
}
