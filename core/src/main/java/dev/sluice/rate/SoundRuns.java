package dev.sluice.rate;

/**
 * Sound of a viewer whose link carries less than sound alone: it goes until packets take too long,
 * and is left out for as long as they took. So it comes in runs, the longer the more of it the link
 * carries. No estimate is needed for that, which few packets would make a poor one.
 */
public final class SoundRuns {
  private static final long LONGEST_RESPONSE_NANOS = 800_000_000;

  /** before that nothing is known of the run's own packets */
  private static final long SHORTEST_RUN_NANOS = 500_000_000;

  private boolean withheld;
  private long since;

  /**
   * Begins with a run.
   *
   * @param nowNanos the time
   */
  public SoundRuns(long nowNanos) {
    since = nowNanos;
  }

  /**
   * Whether the viewer gets what is to be sent now.
   *
   * @param nowNanos the time
   * @param responseNanos {@link BandwidthEstimator#responseNanos}
   * @return false if it is to be left out
   */
  public boolean admits(long nowNanos, long responseNanos) {
    long lasted = nowNanos - since;
    boolean ends =
        withheld
            ? lasted >= responseNanos
            : lasted >= SHORTEST_RUN_NANOS && responseNanos > LONGEST_RESPONSE_NANOS;
    if (ends) {
      withheld = !withheld;
      since = nowNanos;
    }
    return !withheld;
  }
}
