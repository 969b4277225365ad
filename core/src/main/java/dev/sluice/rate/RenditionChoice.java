package dev.sluice.rate;

/**
 * Chooses among renditions of one picture by what a link carries: down soon, up when the better one
 * has fitted for a while, and later still after a rise that did not hold. The caller switches at
 * the chosen one's keyframe.
 */
public final class RenditionChoice {
  /** of what a link carries a better rendition may take that share */
  public static final double FITS_WELL = 0.9;

  private static final long DOWN_AFTER_NANOS = 150_000_000;
  private static final long FIRST_UP_AFTER_NANOS = 1_500_000_000;
  private static final long LONGEST_UP_AFTER_NANOS = 32_000_000_000L;
  private static final long HELD_NANOS = 10_000_000_000L;

  private int direction;
  private long since;
  private long risenNanos;
  private boolean risen;
  private long upAfterNanos = FIRST_UP_AFTER_NANOS;

  /** Makes one that has seen no change. */
  public RenditionChoice() {}

  /**
   * Chooses; to be asked a few times a second.
   *
   * @param nowNanos the time
   * @param bitrate what the link carries, {@link BandwidthEstimator#estimate}; 0 changes nothing
   * @param bitrates of the renditions that there are, at least one, ascending; borrowed for the
   *     call
   * @param current index of the one that is sent; -1 where that one is not there any more
   * @return index of the rendition to send
   */
  public int choose(long nowNanos, long bitrate, long[] bitrates, int current) {
    if (current < 0) {
      return fitting(bitrate, bitrates, current);
    }
    int fitting = bitrate == 0 ? current : fitting(bitrate, bitrates, current);
    int wanted = Integer.signum(fitting - current);
    if (wanted != direction) {
      direction = wanted;
      since = nowNanos;
    }
    boolean due = nowNanos - since >= (wanted < 0 ? DOWN_AFTER_NANOS : upAfterNanos);
    return due ? fitting : current;
  }

  /**
   * Another rendition is sent from now on.
   *
   * @param nowNanos the time
   * @param up whether it is a better one
   */
  public void switched(long nowNanos, boolean up) {
    direction = 0;
    if (up) {
      risen = true;
      risenNanos = nowNanos;
      return;
    }
    boolean held = !risen || nowNanos - risenNanos >= HELD_NANOS;
    upAfterNanos = held ? FIRST_UP_AFTER_NANOS : Math.min(LONGEST_UP_AFTER_NANOS, 2 * upAfterNanos);
    risen = false;
  }

  /** Another one is sent that was not chosen here. */
  public void settle() {
    direction = 0;
  }

  /** the present one as long as it fits, a better one only if it fits well */
  private static int fitting(long bitrate, long[] bitrates, int current) {
    int best = 0;
    for (int i = 1; i < bitrates.length; i++) {
      double most = i > current ? FITS_WELL * bitrate : bitrate;
      if (bitrates[i] <= most) {
        best = i;
      }
    }
    return best;
  }
}
