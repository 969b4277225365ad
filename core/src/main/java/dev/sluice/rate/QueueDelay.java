package dev.sluice.rate;

/**
 * How long packets wait on the way: the least delay of the last moment over the least of the last
 * half minute or more. Jitter raises single delays; a queue raises the least of them.
 */
final class QueueDelay {
  private static final long BASE_WINDOW_NANOS = 30_000_000_000L;
  private static final long RECENT_WINDOW_NANOS = 100_000_000;

  private final LeastOfTwoWindows base = new LeastOfTwoWindows(BASE_WINDOW_NANOS);
  private final LeastOfTwoWindows recent = new LeastOfTwoWindows(RECENT_WINDOW_NANOS);

  void add(long nowNanos, long delayNanos) {
    base.add(nowNanos, delayNanos);
    recent.add(nowNanos, delayNanos);
  }

  long nanos() {
    return recent.isEmpty() ? 0 : recent.least() - base.least();
  }

  void clear() {
    base.clear();
    recent.clear();
  }

  private static final class LeastOfTwoWindows {
    private static final long NONE = Long.MAX_VALUE;

    private final long windowNanos;
    private long start;
    private long current = NONE;
    private long previous = NONE;

    LeastOfTwoWindows(long windowNanos) {
      this.windowNanos = windowNanos;
    }

    void add(long nowNanos, long value) {
      long age = nowNanos - start;
      if (age >= windowNanos) {
        previous = age < 2 * windowNanos ? current : NONE;
        current = NONE;
        start = nowNanos;
      }
      current = Math.min(current, value);
    }

    boolean isEmpty() {
      return current == NONE;
    }

    long least() {
      return Math.min(current, previous);
    }

    void clear() {
      current = NONE;
      previous = NONE;
    }
  }
}
