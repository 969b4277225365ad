package dev.sluice.rate;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A link in virtual time, one direction: a queue that drops at its tail, a rate, a delay with
 * jitter that keeps the order, random loss and loss in bursts, and traffic of others in the same
 * queue.
 *
 * @param <P> what passes
 */
public final class SimulatedLink<P> {
  private static final int CROSS_PACKET = 1_200;

  private record Queued<P>(P packet, int bytes) {}

  private record Flying<P>(P packet, long arrival) {}

  private final Random random;
  private final Consumer<P> receiver;
  private final ArrayDeque<Queued<P>> queue = new ArrayDeque<>();
  private final ArrayDeque<Flying<P>> flying = new ArrayDeque<>();
  private long rate;
  private long mostQueued = 200_000_000;
  private long delayNanos = 20_000_000;
  private long jitterNanos;
  private long stallNanos;
  private long stallDistanceNanos;
  private long stalledUntil;
  private double loss;
  private double burstStart;
  private double burstEnd = 1;
  private boolean inBurst;
  private long crossRate;
  private double crossBytes;
  private double credit;
  private long queuedBytes;
  private long newestArrival;
  private long now;
  private long dropped;

  public SimulatedLink(long seed, long rate, Consumer<P> receiver) {
    random = new Random(seed);
    this.rate = rate;
    this.receiver = receiver;
  }

  public SimulatedLink<P> rate(long bitsPerSecond) {
    rate = bitsPerSecond;
    return this;
  }

  /** the queue takes what the rate carries in this time, at least 16 kB */
  public SimulatedLink<P> queue(long nanos) {
    mostQueued = nanos;
    return this;
  }

  public SimulatedLink<P> delay(long nanos) {
    delayNanos = nanos;
    return this;
  }

  /** mean of an exponentially distributed delay that comes on top */
  public SimulatedLink<P> jitter(long meanNanos) {
    jitterNanos = meanNanos;
    return this;
  }

  /**
   * nothing passes for a while now and then, as on a shared radio: greatest length, mean distance
   */
  public SimulatedLink<P> stalls(long greatestNanos, long meanDistanceNanos) {
    stallNanos = greatestNanos;
    stallDistanceNanos = meanDistanceNanos;
    return this;
  }

  public SimulatedLink<P> loss(double share) {
    loss = share;
    return this;
  }

  /** packets are lost in bursts (Gilbert): how likely one begins, and ends, at a packet */
  public SimulatedLink<P> bursts(double start, double end) {
    burstStart = start;
    burstEnd = end;
    return this;
  }

  /** traffic of others that does not react */
  public SimulatedLink<P> crossTraffic(long bitsPerSecond) {
    crossRate = bitsPerSecond;
    return this;
  }

  /** packets that found the queue full */
  public long dropped() {
    return dropped;
  }

  public long delayNanos() {
    return delayNanos;
  }

  /** how long a packet that is sent now waits */
  public long queueNanos() {
    return (long) Rates.nanos(queuedBytes, rate);
  }

  public void send(P packet, int bytes) {
    enqueue(packet, bytes);
  }

  /** what is on its way is lost */
  public void clear() {
    queue.clear();
    flying.clear();
    queuedBytes = 0;
  }

  public void advance(long nowNanos) {
    long elapsed = nowNanos - now;
    now = nowNanos;
    crossBytes += Rates.bytes(crossRate, elapsed);
    for (; crossBytes >= CROSS_PACKET; crossBytes -= CROSS_PACKET) {
      enqueue(null, CROSS_PACKET);
    }
    credit = queue.isEmpty() ? 0 : credit + Rates.bytes(rate, elapsed);
    stall(elapsed);
    while (now >= stalledUntil && !queue.isEmpty() && credit >= queue.element().bytes()) {
      Queued<P> served = queue.remove();
      credit -= served.bytes();
      queuedBytes -= served.bytes();
      fly(served.packet());
    }
    while (!flying.isEmpty() && flying.element().arrival() <= now) {
      receiver.accept(flying.remove().packet());
    }
  }

  private void stall(long elapsed) {
    boolean begins = stallNanos > 0 && random.nextDouble() * stallDistanceNanos < elapsed;
    if (begins && now >= stalledUntil) {
      stalledUntil = now + (long) (random.nextDouble() * stallNanos);
    }
  }

  private void enqueue(P packet, int bytes) {
    if (queuedBytes + bytes > Math.max(16_000, Rates.bytes(rate, mostQueued))) {
      dropped++;
      return;
    }
    queuedBytes += bytes;
    queue.add(new Queued<>(packet, bytes));
  }

  private void fly(P packet) {
    if (packet == null || isLost()) {
      return;
    }
    long jitter = (long) (-Math.log(1 - random.nextDouble()) * jitterNanos);
    newestArrival = Math.max(newestArrival, now + delayNanos + jitter);
    flying.add(new Flying<>(packet, newestArrival));
  }

  private boolean isLost() {
    inBurst = random.nextDouble() < (inBurst ? 1 - burstEnd : burstStart);
    return inBurst || random.nextDouble() < loss;
  }
}
