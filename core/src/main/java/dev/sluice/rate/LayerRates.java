package dev.sluice.rate;

import dev.sluice.rtp.PictureMarks;

/**
 * How much of a stream its layers are. A picture has a rank: what nothing refers to is the first to
 * be left out, then temporal layers from the highest down to 0, which everything refers to.
 */
final class LayerRates {
  static final int BASE = 0;
  static final int DISPOSABLE = 8;

  private static final int RANKS = DISPOSABLE + 1;
  private static final long WINDOW_NANOS = 500_000_000;
  private static final float SHARE_OF_NEWEST = 0.3f;

  private final int[] bytes = new int[RANKS];
  private final float[] bitrates = new float[RANKS];
  private long windowStart;
  private boolean started;
  private boolean measured;

  static int rank(int marks) {
    return PictureMarks.isDisposable(marks) ? DISPOSABLE : PictureMarks.temporalId(marks);
  }

  void add(int rank, int count) {
    bytes[rank] += count;
  }

  /** Ends a window when its time is over. */
  void advance(long nowNanos) {
    long elapsed = nowNanos - windowStart;
    if (started && elapsed < WINDOW_NANOS) {
      return;
    }
    for (int rank = 0; rank < RANKS; rank++) {
      if (started) {
        measure(rank, (float) Rates.bitrate(bytes[rank], elapsed));
      }
      bytes[rank] = 0;
    }
    measured = started;
    started = true;
    windowStart = nowNanos;
  }

  private void measure(int rank, float newest) {
    float share = measured ? SHARE_OF_NEWEST : 1;
    bitrates[rank] += share * (newest - bitrates[rank]);
  }

  /** {@return bit rate of all layers} */
  double total() {
    return upTo(DISPOSABLE);
  }

  /** {@return the highest rank up to which a stream fits a bit rate, at least the base} */
  int fitting(double bitrate) {
    int rank = DISPOSABLE;
    while (rank > BASE && upTo(rank) > bitrate) {
      rank--;
    }
    return rank;
  }

  /** {@return whether the stream has pictures of ranks above one and not above another} */
  boolean hasBetween(int above, int upTo) {
    return upTo(upTo) > upTo(above);
  }

  private double upTo(int highest) {
    double sum = 0;
    for (int rank = 0; rank <= highest; rank++) {
      sum += bitrates[rank];
    }
    return sum;
  }
}
