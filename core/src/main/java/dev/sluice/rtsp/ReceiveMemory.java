package dev.sluice.rtsp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the receive buffers of all connections together may grow for messages and frames of which
 * only a part has come. Safe for any thread.
 */
final class ReceiveMemory {
  static final long MAX_BYTES = 16L << 20;

  private final AtomicLong used = new AtomicLong();

  /** Takes memory, if there is that much left. */
  boolean tryTake(int bytes) {
    if (used.addAndGet(bytes) > MAX_BYTES) {
      giveBack(bytes);
      return false;
    }
    return true;
  }

  void giveBack(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
