package dev.sluice.examples.recording;

/**
 * When samples are decoded: when they are shown, as long as that is the same order. Of pictures
 * that are shown in another order each gets a time of one near it, and times increase.
 */
final class DecodeTimes {
  private long last = -1;
  private long latestShown;

  /**
   * {@return when the next sample is decoded}
   *
   * @param shown when it is shown
   * @param followingShown when the sample behind it is shown
   */
  long next(long shown, long followingShown) {
    latestShown = Math.max(latestShown, shown);
    last = Math.max(last + 1, Math.min(latestShown, followingShown));
    latestShown = Math.max(latestShown, followingShown);
    return last;
  }

  /** {@return when the last sample's time is over} */
  long end() {
    return Math.max(last + 1, latestShown);
  }
}
