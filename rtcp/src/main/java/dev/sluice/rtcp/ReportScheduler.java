package dev.sluice.rtcp;

import java.util.random.RandomGenerator;

/**
 * When a participant sends its next regular compound packet.
 *
 * <p>Intervals are drawn evenly from 0.5 to 1.5 times the configured one, so that participants do
 * not fall into step (RFC 3550 section 6.3.1, RFC 4585 section 3.5.3); the first is half as long
 * (RFC 3550 section 6.2). Their mean is the configured interval: the divisor e-3/2 of RFC 3550
 * makes up for timer reconsideration, which two parties with a fixed interval have no use for.
 *
 * <p>A field and a comparison a session; used by one thread at a time.
 */
public final class ReportScheduler {
  /** interval in nanoseconds for those who have no other wish: 3 s */
  public static final long DEFAULT_INTERVAL_NANOS = 3_000_000_000L;

  /** shortest interval in nanoseconds: 100 ms */
  public static final long MIN_INTERVAL_NANOS = 100_000_000L;

  /** longest interval in nanoseconds: 60 s */
  public static final long MAX_INTERVAL_NANOS = 60_000_000_000L;

  private final long intervalNanos;
  private final RandomGenerator random;
  private long nextTimeout;

  /**
   * Creates a scheduler and schedules the first report.
   *
   * @param intervalNanos mean interval in nanoseconds, from {@link #MIN_INTERVAL_NANOS} to {@link
   *     #MAX_INTERVAL_NANOS}
   * @param random kept and drawn from once a report; may be shared by schedulers of one thread
   * @param nowNanos when the session begins
   */
  public ReportScheduler(long intervalNanos, RandomGenerator random, long nowNanos) {
    if (intervalNanos < MIN_INTERVAL_NANOS || intervalNanos > MAX_INTERVAL_NANOS) {
      throw new IllegalArgumentException(
          "RTCP interval is not in 100 ms..60 s: " + intervalNanos + " ns");
    }
    this.intervalNanos = intervalNanos;
    this.random = random;
    nextTimeout = nowNanos + draw(intervalNanos / 2);
  }

  /**
   * {@return whether a report is due}
   *
   * @param nowNanos the time
   */
  public boolean isDue(long nowNanos) {
    return nextTimeout - nowNanos <= 0;
  }

  /** {@return when the next report is due} */
  public long nextTimeout() {
    return nextTimeout;
  }

  /**
   * Schedules the next report.
   *
   * @param nowNanos when a report was sent, early or due
   */
  public void onSent(long nowNanos) {
    nextTimeout = nowNanos + draw(intervalNanos);
  }

  private long draw(long meanNanos) {
    return meanNanos / 2 + random.nextLong(meanNanos + 1);
  }
}
