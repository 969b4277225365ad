package dev.sluice.srtp.dtls;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntPredicate;

/** A session and a client over a network that loses, repeats and reorders, in virtual time. */
final class Exchange {
  static final long MILLIS = 1_000_000;
  static final long CLIENT_RESEND = 100 * MILLIS;

  private final class Datagram {
    final long arrival;
    final int number;
    final byte[] bytes;
    final boolean toServer;

    Datagram(long arrival, int number, byte[] bytes, boolean toServer) {
      this.arrival = arrival;
      this.number = number;
      this.bytes = bytes;
      this.toServer = toServer;
    }

    long age() {
      return arrival - start;
    }
  }

  final DtlsSession session;
  final TestClient client;
  private final long start;
  private final Random random;
  private final PriorityQueue<Datagram> network =
      new PriorityQueue<>(Comparator.comparingLong(Datagram::age).thenComparingInt(d -> d.number));
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
  private IntPredicate lost = number -> false;
  private double duplicated;
  private long delay = MILLIS;
  private long jitter;
  private int datagrams;
  private long clientResend = CLIENT_RESEND;
  private long clientResendAt;
  long now;

  Exchange(DtlsSession session, TestClient client, long now, long seed) {
    this.session = session;
    this.client = client;
    this.start = now;
    this.now = now;
    this.clientResendAt = now;
    this.random = new Random(seed);
  }

  /** Loses the datagrams with these numbers; both directions are counted together. */
  Exchange losing(IntPredicate numbers) {
    lost = numbers;
    return this;
  }

  Exchange losing(double share) {
    return losing(number -> random.nextDouble() < share);
  }

  Exchange duplicating(double share) {
    duplicated = share;
    return this;
  }

  Exchange jittering(long nanos) {
    jitter = nanos;
    return this;
  }

  /** Begins the handshake and runs until both sides have nothing more to do or wait for. */
  Exchange connect() {
    client.start();
    return settle();
  }

  Exchange settle() {
    return settle(now + 60_000 * MILLIS);
  }

  Exchange settle(long end) {
    flush();
    while (true) {
      long next = nextEvent();
      if (next == Long.MAX_VALUE || next - end > 0) {
        return this;
      }
      if (next - now > 0) {
        now = next;
      }
      step();
      flush();
    }
  }

  int datagrams() {
    return datagrams;
  }

  private long nextEvent() {
    long next = Long.MAX_VALUE;
    if (!network.isEmpty()) {
      next = network.peek().arrival;
    }
    if (session.nextTimeout() != DtlsSession.NO_TIMEOUT) {
      next = earlier(next, session.nextTimeout());
    }
    if (isClientWaiting()) {
      next = earlier(next, clientResendAt);
    }
    return next;
  }

  private static long earlier(long a, long b) {
    return a == Long.MAX_VALUE || b - a < 0 ? b : a;
  }

  private boolean isClientWaiting() {
    return !client.isConnected() && client.failure() == null;
  }

  private void step() {
    while (!network.isEmpty() && network.peek().arrival - now <= 0) {
      Datagram datagram = network.poll();
      if (datagram.toServer) {
        session.handle(now, datagram.bytes, 0, datagram.bytes.length);
      } else {
        client.receive(datagram.bytes);
      }
    }
    session.handleTimeout(now);
    if (isClientWaiting() && now - clientResendAt >= 0) {
      client.resend();
      clientResend *= 2;
    }
  }

  private void flush() {
    for (byte[] datagram; (datagram = client.poll()) != null; ) {
      send(datagram, true);
      clientResendAt = now + clientResend;
    }
    for (int length; (length = session.pollTransmit(out)) > 0; ) {
      send(Arrays.copyOf(out, length), false);
    }
  }

  private void send(byte[] datagram, boolean toServer) {
    int number = datagrams++;
    int copies = lost.test(number) ? 0 : random.nextDouble() < duplicated ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long extra = jitter == 0 ? 0 : (long) (random.nextDouble() * jitter);
      network.add(new Datagram(now + delay + extra, number, datagram, toServer));
    }
  }
}
