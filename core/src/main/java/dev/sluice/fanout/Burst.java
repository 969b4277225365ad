package dev.sluice.fanout;

/**
 * How many packets go to one receiver at a time, however many wait: so many that a socket buffer of
 * the system's default size takes them, and the next ones a few milliseconds later. The more wait,
 * the more go, so that no stream is too fast.
 */
public final class Burst {
  /** time between two parts */
  public static final long SPAN_NANOS = 3_000_000;

  private static final int PACKETS = 40;
  private static final int MORE_OF_BACKLOG = 64;

  private long spanEnd;
  private long left;

  /**
   * Takes packets out of what may go at this time.
   *
   * @param backlog how many wait
   * @param nowNanos the engine's clock
   * @return how many may go
   */
  long take(long backlog, long nowNanos) {
    if (nowNanos - spanEnd >= 0) {
      spanEnd = nowNanos + SPAN_NANOS;
      left = PACKETS + backlog / MORE_OF_BACKLOG;
    }
    long taken = Math.min(backlog, left);
    left -= taken;
    return taken;
  }
}
