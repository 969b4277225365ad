package dev.sluice.srtp.dtls;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntPredicate;

/** Two ends and a network between them that loses, repeats and reorders, in virtual time. */
final class DtlsWire {

  /** Whoever takes part in a handshake. */
  interface End {
    void receive(long now, byte[] datagram);

    void handleTimeout(long now);

    /** {@link DtlsSession#NO_TIMEOUT} for never */
    long nextTimeout();

    /** The next datagram, or null. */
    byte[] poll();
  }

  private record Datagram(long arrival, int number, byte[] bytes, End to) {}

  private final End client;
  private final End server;
  private final Random random;
  private final PriorityQueue<Datagram> network =
      new PriorityQueue<>(
          Comparator.comparingLong(Datagram::arrival).thenComparingInt(Datagram::number));
  private IntPredicate lost = number -> false;
  private double duplicated;
  private long jitter;
  private int datagrams;
  long now;

  DtlsWire(End client, End server, long seed) {
    this.client = client;
    this.server = server;
    random = new Random(seed);
  }

  static End of(DtlsSession session) {
    return new End() {
      private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];

      @Override
      public void receive(long now, byte[] datagram) {
        session.handle(now, datagram, 0, datagram.length);
      }

      @Override
      public void handleTimeout(long now) {
        session.handleTimeout(now);
      }

      @Override
      public long nextTimeout() {
        return session.nextTimeout();
      }

      @Override
      public byte[] poll() {
        int length = session.pollTransmit(out);
        return length == 0 ? null : Arrays.copyOf(out, length);
      }
    };
  }

  /** Loses the datagrams with these numbers; both directions are counted together. */
  DtlsWire losing(IntPredicate numbers) {
    lost = numbers;
    return this;
  }

  /** Loses, repeats and reorders many. */
  DtlsWire bad() {
    duplicated = 0.2;
    jitter = 300 * Exchange.MILLIS;
    return losing(number -> random.nextDouble() < 0.25);
  }

  /** Runs until neither end has anything more to do or wait for, at most a minute. */
  DtlsWire settle() {
    flush();
    for (long next = nextEvent(); next < 60_000 * Exchange.MILLIS; next = nextEvent()) {
      now = Math.max(now, next);
      while (!network.isEmpty() && network.peek().arrival <= now) {
        Datagram datagram = network.poll();
        datagram.to.receive(now, datagram.bytes);
      }
      client.handleTimeout(now);
      server.handleTimeout(now);
      flush();
    }
    return this;
  }

  int datagrams() {
    return datagrams;
  }

  private long nextEvent() {
    long arrival = network.isEmpty() ? DtlsSession.NO_TIMEOUT : network.peek().arrival;
    return Math.min(arrival, Math.min(client.nextTimeout(), server.nextTimeout()));
  }

  private void flush() {
    for (byte[] datagram; (datagram = client.poll()) != null; ) {
      send(datagram, server);
    }
    for (byte[] datagram; (datagram = server.poll()) != null; ) {
      send(datagram, client);
    }
  }

  private void send(byte[] datagram, End to) {
    int number = datagrams++;
    int copies = lost.test(number) ? 0 : random.nextDouble() < duplicated ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long extra = jitter == 0 ? 0 : (long) (random.nextDouble() * jitter);
      network.add(new Datagram(now + Exchange.MILLIS + extra, number, datagram, to));
    }
  }
}
