package dev.sluice.ice;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/** Virtual time and a network that loses, delays, reorders, repeats and damages, from a seed. */
final class SimulatedNetwork {
  private static final long MILLISECOND = 1_000_000L;

  private record Event(long time, long order, Runnable action) {}

  final Random random;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final double loss;
  private long now;
  private long order;

  SimulatedNetwork(long seed, double loss) {
    this.random = new Random(seed);
    this.loss = loss;
  }

  long now() {
    return now;
  }

  void schedule(long delay, Runnable action) {
    events.add(new Event(now + delay, order++, action));
  }

  /** Delivers a datagram once, twice or never, 10 to 150 ms later and now and then damaged. */
  void send(byte[] datagram, Consumer<byte[]> receiver) {
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < 0.1 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      byte[] delivered = datagram.clone();
      if (random.nextDouble() < 0.05) {
        delivered[random.nextInt(delivered.length)] ^= (byte) (1 << random.nextInt(8));
      }
      schedule((10 + random.nextInt(140)) * MILLISECOND, () -> receiver.accept(delivered));
    }
  }

  /** Lets time pass up to and including the given moment. */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().time() <= end) {
      Event event = events.remove();
      now = event.time();
      event.action().run();
    }
    now = end;
  }
}
