package dev.sluice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a host's code: what it throws is the host's affair, not a session's. */
final class SafeCall {
  private static final Logger LOG = LoggerFactory.getLogger(RelayEngine.class);

  private SafeCall() {}

  static void run(Runnable hostCode) {
    try {
      hostCode.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener of the host failed", e);
    }
  }
}
