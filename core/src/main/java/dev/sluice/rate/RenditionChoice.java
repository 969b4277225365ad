package dev.sluice.rate;

/**
 * Chooses among renditions of one stream by what a link carries: down soon, up when the better one
 * has fitted for a while, and later still after a rise that did not hold. The caller switches at
 * the chosen one's keyframe.
 */
public final class RenditionChoice {
  private static final long DOWN_AFTER_NANOS = 150_000_000;
  private static final long FIRST_UP_AFTER_NANOS = 2_000_000_000;
  private static final long LONGEST_UP_AFTER_NANOS = 32_000_000_000L;
  private static final long HELD_NANOS = 10_000_000_000L;
  private static final double FITS_WELL = 0.9;

  private int chosen;
  private int candidate;
  private long candidateSince;
  private long risenNanos;
  private boolean risen;
  private long upAfterNanos = FIRST_UP_AFTER_NANOS;

  /**
   * Begins with one.
   *
   * @param first index of the rendition that is sent
   */
  public RenditionChoice(int first) {
    chosen = first;
    candidate = first;
  }

  /**
   * Chooses; to be asked a few times a second.
   *
   * @param nowNanos the time
   * @param bitrate what the link carries, {@link BandwidthEstimator#estimate}; 0 changes nothing
   * @param bitrates of the renditions, ascending; borrowed for the call
   * @return index of the rendition to send
   */
  public int choose(long nowNanos, long bitrate, long[] bitrates) {
    int fitting = bitrate == 0 ? chosen : fitting(bitrate, bitrates);
    if (fitting == chosen
        || Integer.signum(fitting - chosen) != Integer.signum(candidate - chosen)) {
      candidateSince = nowNanos;
    }
    candidate = fitting;
    long waited = nowNanos - candidateSince;
    if (fitting < chosen && waited >= DOWN_AFTER_NANOS) {
      fall(nowNanos, fitting);
    } else if (fitting > chosen && waited >= upAfterNanos) {
      rise(nowNanos, fitting);
    }
    return chosen;
  }

  private void fall(long nowNanos, int lower) {
    boolean held = !risen || nowNanos - risenNanos >= HELD_NANOS;
    upAfterNanos = held ? FIRST_UP_AFTER_NANOS : Math.min(LONGEST_UP_AFTER_NANOS, 2 * upAfterNanos);
    chosen = lower;
  }

  private void rise(long nowNanos, int higher) {
    risen = true;
    risenNanos = nowNanos;
    chosen = higher;
  }

  /** the present one as long as it fits, a better one only if it fits well */
  private int fitting(long bitrate, long[] bitrates) {
    int best = 0;
    for (int i = 1; i < bitrates.length; i++) {
      double most = i > chosen ? FITS_WELL * bitrate : bitrate;
      if (bitrates[i] <= most) {
        best = i;
      }
    }
    return best;
  }
}
