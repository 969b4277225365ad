package dev.sluice.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Warns at most once in ten seconds, so that what strangers do cannot fill a log; what comes in
 * between is logged at level DEBUG and counted. Safe for any thread.
 */
public final class RateLimitedLog {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int MAX_LENGTH = 500;

  private final Logger logger;
  private final LongSupplier clock;
  private final AtomicLong next;
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * Makes a log.
   *
   * @param logger where to
   * @param clock nanoseconds that never go back
   */
  public RateLimitedLog(Logger logger, LongSupplier clock) {
    this.logger = logger;
    this.clock = clock;
    next = new AtomicLong(clock.getAsLong());
  }

  /**
   * Warns, or not.
   *
   * @param text without secrets; may quote strangers
   */
  public void warn(String text) {
    String message = fit(text);
    long now = clock.getAsLong();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + PERIOD_NANOS)) {
      leftOut.incrementAndGet();
      logger.debug("{}", message);
      return;
    }
    long before = leftOut.getAndSet(0);
    if (before == 0) {
      logger.warn("{}", message);
    } else {
      logger.warn("{} ({} warnings before it were left out)", message, before);
    }
  }

  /** Keeps what strangers wrote from making lines of its own, or long ones. */
  private static String fit(String text) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    return head.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
