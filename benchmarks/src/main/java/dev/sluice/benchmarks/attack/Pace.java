package dev.sluice.benchmarks.attack;

import java.io.IOException;

/** How long an attack lasts, and how often it does what it does. */
final class Pace {
  private static final int TICK_MILLIS = 5;
  private static final int TICKS_A_SECOND = 1_000 / TICK_MILLIS;

  /** does something once */
  @FunctionalInterface
  interface Step {
    void run() throws IOException, InterruptedException;
  }

  private final long end;
  private long times;

  Pace(long seconds) {
    end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /** how often it was done */
  long times() {
    return times;
  }

  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  /** At so many times a second, or as fast as it goes where that is slower, until the end. */
  void keep(int timesASecond, Step step) throws IOException, InterruptedException {
    int eachTick = Math.max(1, timesASecond / TICKS_A_SECOND);
    long pause = Math.max(TICK_MILLIS, 1_000L / timesASecond);
    while (!isOver()) {
      for (int i = 0; i < eachTick && !isOver(); i++) {
        step.run();
        times++;
      }
      Thread.sleep(pause);
    }
  }

  /** Waits for the end. */
  void rest() throws InterruptedException {
    while (!isOver()) {
      Thread.sleep(TICK_MILLIS);
    }
  }

  void count(int more) {
    times += more;
  }
}
