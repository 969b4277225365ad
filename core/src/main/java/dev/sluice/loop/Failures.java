package dev.sluice.loop;

import org.slf4j.Logger;

/** The last word on what was thrown and is kept from going further. */
public final class Failures {

  private Failures() {}

  /**
   * Logs a failure. Never throws: the log is code of others too, and may be what has failed.
   *
   * @param log where to
   * @param what failed
   * @param cause why
   */
  public static void log(Logger log, String what, Throwable cause) {
    try {
      log.error(what, cause);
    } catch (Throwable ignored) {
      // out of memory, or a broken appender: there is nobody left to tell
    }
  }
}
