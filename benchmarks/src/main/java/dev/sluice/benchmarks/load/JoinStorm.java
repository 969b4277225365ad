package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.viewer.ViewerSwarm;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Viewers that join at a steady rate and leave once they have media. */
final class JoinStorm {
  private final ViewerSwarm swarm;
  private final UnaryOperator<String> play;
  private final int rate;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * Makes a storm.
   *
   * @param swarm of the visitors, and of no others
   * @param play brings an offer to the first stream
   * @param rate joins a second
   */
  JoinStorm(ViewerSwarm swarm, UnaryOperator<String> play, int rate) {
    this.swarm = swarm;
    this.play = play;
    this.rate = rate;
  }

  /** Goes on for so long; those that cannot be made in time are left out. */
  void run(double seconds) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    long interval = TimeUnit.SECONDS.toNanos(1) / rate;
    for (long next = start; next - end < 0; next = Math.max(next + interval, System.nanoTime())) {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      swarm.visit(0, play).whenComplete((nothing, error) -> count(error));
    }
  }

  private void count(Throwable error) {
    (error == null ? done : failed).incrementAndGet();
  }

  /** how many have shaken hands */
  int done() {
    return done.get();
  }

  /** how many could not */
  int failed() {
    return failed.get();
  }
}
