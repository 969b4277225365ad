package dev.sluice.pull;

import java.util.random.RandomGenerator;

/** How long to wait before the next try: longer with each failure in a row. */
public final class BackOff {
  private static final int MOST_DOUBLINGS = 20;

  private final long least;
  private final long most;
  private final RandomGenerator random;
  private int failures;

  /**
   * Begins without failures.
   *
   * @param least nanoseconds before the second try
   * @param most nanoseconds at most, not less
   * @param random keeps many from coming back in step
   */
  public BackOff(long least, long most, RandomGenerator random) {
    this.least = least;
    this.most = most;
    this.random = random;
  }

  /** A try has succeeded. */
  public void reset() {
    failures = 0;
  }

  /** {@return nanoseconds to wait after one more failure} */
  public long next() {
    long delay = least << Math.min(failures++, MOST_DOUBLINGS);
    return jittered(Math.min(delay < least ? Long.MAX_VALUE : delay, most));
  }

  /** {@return nanoseconds to wait where another try soon is of no use} */
  public long longest() {
    return jittered(most);
  }

  /** at most that long, at least half of it */
  private long jittered(long delay) {
    return delay / 2 + random.nextLong(delay / 2 + 1);
  }
}
