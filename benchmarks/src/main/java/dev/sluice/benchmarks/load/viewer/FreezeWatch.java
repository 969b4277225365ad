package dev.sluice.benchmarks.load.viewer;

/**
 * Tells when a picture came so late that the one before stood still: more than 150 ms later than
 * usual, and three times as late, which is what browsers count.
 */
final class FreezeWatch {
  private static final long MARGIN_NANOS = 150_000_000;
  private static final int MULTIPLE = 3;

  private long first;
  private long last;
  private long intervals = -1;

  /** Takes a picture that is whole; returns whether the one before it was frozen. */
  boolean frame(long arrival) {
    long interval = arrival - last;
    long usual = intervals > 0 ? (last - first) / intervals : Long.MAX_VALUE / MULTIPLE;
    if (intervals++ < 0) {
      first = arrival;
    }
    last = arrival;
    return interval > Math.max(MULTIPLE * usual, usual + MARGIN_NANOS);
  }
}
