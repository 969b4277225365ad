package dev.sluice.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a host's code: whatever it throws is the host's affair, not a session's or a loop's. */
public final class SafeCall {
  private static final Logger LOG = LoggerFactory.getLogger(SafeCall.class);

  private SafeCall() {}

  /**
   * Runs it; what it throws is logged.
   *
   * @param hostCode a listener of the host, for instance
   */
  public static void run(Runnable hostCode) {
    try {
      hostCode.run();
    } catch (Throwable e) {
      Failures.log(LOG, "a listener of the host failed", e);
    }
  }
}
