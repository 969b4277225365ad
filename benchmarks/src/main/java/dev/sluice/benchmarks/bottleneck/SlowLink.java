package dev.sluice.benchmarks.bottleneck;

import java.util.Random;

/**
 * One direction of a link: a queue that drops at its tail, then a rate, then a delay whose jitter
 * keeps the order. The time comes in, so a run is the same again with the same seed.
 */
public final class SlowLink {
  /** in the place of a time: the datagram does not arrive */
  public static final long LOST = -1;

  private static final double BITS_NANOS = 8e9;
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int LEAST_QUEUE_BYTES = 16_000;

  private final Random random;
  private long idleAt;
  private long newestArrival;
  private boolean inBurst;

  /**
   * Makes a link on which nothing waits.
   *
   * @param seed of what is random
   */
  public SlowLink(long seed) {
    random = new Random(seed);
  }

  /**
   * Takes a datagram.
   *
   * @param shape what the link is like now
   * @param nowNanos when it is sent
   * @param bytes of it
   * @return when it arrives, or {@link #LOST}
   */
  public long arrival(LinkShape shape, long nowNanos, int bytes) {
    long start = Math.max(nowNanos, idleAt);
    long longest =
        Math.max(shape.queueMillis() * NANOS_A_MILLI, nanos(LEAST_QUEUE_BYTES, shape.rate()));
    if (start - nowNanos > longest) {
      return LOST;
    }
    idleAt = start + nanos(bytes, shape.rate());
    if (isLost(shape)) {
      return LOST;
    }
    double jitter = -Math.log(1 - random.nextDouble()) * shape.jitterMillis();
    long delay = (long) ((shape.delayMillis() + jitter) * NANOS_A_MILLI);
    newestArrival = Math.max(newestArrival, idleAt + delay);
    return newestArrival;
  }

  private boolean isLost(LinkShape shape) {
    double change = inBurst ? 1 - shape.burstEnd() : shape.burstStart();
    inBurst = random.nextDouble() < change;
    return inBurst || random.nextDouble() < shape.loss();
  }

  private static long nanos(int bytes, long rate) {
    return (long) (bytes * BITS_NANOS / rate);
  }
}
