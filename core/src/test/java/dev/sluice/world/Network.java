package dev.sluice.world;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time, and paths that lose, delay, reorder, repeat and damage datagrams, from a seed. */
final class Network {
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000 * MILLISECOND;

  private static final double LOST = 0.04;
  private static final double TWICE = 0.02;
  private static final double DAMAGED = 0.01;
  private static final int LEAST_DELAY = 5;
  private static final int JITTER = 25;

  /** Takes a datagram at the end of its way. */
  interface Receiver {
    void receive(byte[] datagram, boolean damaged);
  }

  private record Event(long time, long order, Runnable action) {}

  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final Map<InetSocketAddress, Long> cutUntil = new HashMap<>();
  private long now;
  private long order;

  Network(Random random) {
    this.random = random;
  }

  long now() {
    return now;
  }

  /** nothing passes to or from an address for that long */
  void cut(InetSocketAddress address, long nanos) {
    cutUntil.put(address, now + nanos);
  }

  /** when an address was or will be reached again */
  long cutUntil(InetSocketAddress address) {
    return cutUntil.getOrDefault(address, 0L);
  }

  void schedule(long delay, Runnable action) {
    events.add(new Event(now + delay, order++, action));
  }

  /** nothing of what was to happen does */
  void stop() {
    events.clear();
  }

  void send(byte[] datagram, InetSocketAddress peer, Receiver receiver) {
    if (now < cutUntil(peer) || random.nextDouble() < LOST) {
      return;
    }
    for (int copies = random.nextDouble() < TWICE ? 2 : 1; copies > 0; copies--) {
      boolean damaged = random.nextDouble() < DAMAGED;
      byte[] delivered = damaged ? damage(datagram) : datagram;
      schedule(
          (LEAST_DELAY + random.nextInt(JITTER)) * MILLISECOND,
          () -> receiver.receive(delivered.clone(), damaged));
    }
  }

  private byte[] damage(byte[] datagram) {
    byte[] damaged = datagram.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  /** lets time pass up to and including a moment */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().time() <= end) {
      Event event = events.remove();
      now = event.time();
      event.action().run();
    }
    now = end;
  }
}
