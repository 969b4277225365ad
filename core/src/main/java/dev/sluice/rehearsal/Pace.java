package dev.sluice.rehearsal;

import java.util.concurrent.locks.LockSupport;

/** Lets something happen at regular times; what is missed is not made up for. */
final class Pace {
  private final long intervalNanos;
  private long due = System.nanoTime();

  Pace(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** waits for the next time, and returns the present one */
  long next() throws InterruptedException {
    long now = System.nanoTime();
    if (due - now > 0) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    due = Math.max(due, now - intervalNanos) + intervalNanos;
    return now;
  }
}
