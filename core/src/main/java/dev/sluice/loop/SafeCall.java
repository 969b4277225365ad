package dev.sluice.loop;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a host's code: whatever it throws is the host's affair, not a session's or a loop's. */
public final class SafeCall {
  private static final Logger LOG = LoggerFactory.getLogger(SafeCall.class);
  private static final RateLimitedLog SLOW = new RateLimitedLog(LOG, System::nanoTime);
  private static final long SLOW_MILLIS = 200;

  private SafeCall() {}

  /**
   * Runs it; what it throws is logged, and that it took long.
   *
   * @param hostCode a listener of the host, for instance
   */
  public static void run(Runnable hostCode) {
    long start = System.nanoTime();
    try {
      hostCode.run();
    } catch (Throwable e) {
      Failures.log(LOG, "a listener of the host failed", e);
    }
    warnIfSlow(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static void warnIfSlow(long millis) {
    if (millis >= SLOW_MILLIS) {
      SLOW.warn(
          "A listener of the host took "
              + millis
              + " ms on "
              + Thread.currentThread().getName()
              + ", where media waits for it; hand such work to a thread of your own");
    }
  }
}
