package dev.sluice.stream;

/**
 * How many bits a second come in, from a count of bytes that is kept elsewhere. Told by one thread,
 * read by any; who reads while it is told may once get the rate of another second.
 */
final class RateMeter {
  private static final long SECOND = 1_000_000_000;
  private static final int BITS = 8;
  private static final long NOTHING_CAME = -1;

  /** what is left of a high rate after a minute is a third */
  private static final double KEPT_A_SECOND = 0.98;

  private volatile long secondBegan = NOTHING_CAME;
  private volatile long bytesBefore;
  private volatile long lastRate;
  private volatile long greatest;

  /**
   * Something came.
   *
   * @param nowNanos the engine's clock
   * @param bytes that came until now, this included
   */
  void received(long nowNanos, long bytes) {
    long began = secondBegan;
    if (began == NOTHING_CAME || nowNanos - began >= SECOND) {
      lastRate = began == NOTHING_CAME ? 0 : rate(began, nowNanos, bytes);
      greatest = Math.max(lastRate, (long) (KEPT_A_SECOND * greatest));
      bytesBefore = bytes;
      secondBegan = nowNanos;
    }
  }

  /**
   * {@return the rate of the second before this one; of the time since then where nothing came for
   * long}
   *
   * @param nowNanos the engine's clock
   * @param bytes that came until now
   */
  long bitRate(long nowNanos, long bytes) {
    long began = secondBegan;
    boolean longAgo = began != NOTHING_CAME && nowNanos - began >= 2 * SECOND;
    return longAgo ? rate(began, nowNanos, bytes) : lastRate;
  }

  /** {@return the highest rate of late: what was higher counts less the longer ago it is} */
  long greatest() {
    return greatest;
  }

  private long rate(long began, long nowNanos, long bytes) {
    double seconds = (nowNanos - began) / (double) SECOND;
    return Math.max(0, (long) ((bytes - bytesBefore) * BITS / seconds));
  }
}
