package dev.sluice.benchmarks.bottleneck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Forwards the datagrams of viewers to a relay and back over a {@link SlowLink}, a link for each
 * viewer. What viewers send is delayed alone.
 */
final class Bottleneck {
  private static final int LARGEST = 2_048;
  private static final int SOCKET_BUFFER = 4 << 20;
  private static final long NANOS_A_MILLI = 1_000_000;

  private record Delivery(
      long at, long number, byte[] datagram, DatagramChannel from, SocketAddress to) {}

  private record Viewer(SocketAddress address, DatagramChannel relaySide, SlowLink link) {}

  private final Selector selector = Selector.open();
  private final DatagramChannel front;
  private final InetSocketAddress relay;
  private final long seed;
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
  private final Map<SocketAddress, Viewer> viewers = new HashMap<>();
  private final PriorityQueue<Delivery> deliveries =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::number));
  private volatile LinkShape shape;
  private long number;

  /**
   * Opens a bottleneck.
   *
   * @param listen where viewers send to
   * @param relay where that is sent on to
   * @param shape what links are like
   * @param seed of what is random
   * @throws IOException if the address cannot be bound
   */
  Bottleneck(InetSocketAddress listen, InetSocketAddress relay, LinkShape shape, long seed)
      throws IOException {
    this.relay = relay;
    this.shape = shape;
    this.seed = seed;
    front = open();
    front.bind(listen);
    front.register(selector, SelectionKey.OP_READ);
  }

  /** changes what links are like; any thread */
  void shape(LinkShape changed) {
    shape = changed;
  }

  /** forwards for ever */
  void forward() {
    try {
      while (true) {
        selector.select(this::read, millisToNext());
        deliver();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long millisToNext() {
    Delivery next = deliveries.peek();
    return next == null ? 0 : Math.max(1, (next.at() - System.nanoTime()) / NANOS_A_MILLI);
  }

  private void read(SelectionKey key) {
    DatagramChannel channel = (DatagramChannel) key.channel();
    Viewer viewer = (Viewer) key.attachment();
    try {
      buffer.clear();
      for (SocketAddress from = channel.receive(buffer);
          from != null;
          from = channel.receive(buffer)) {
        buffer.flip();
        if (viewer == null) {
          toRelay(viewers.computeIfAbsent(from, this::viewer));
        } else {
          toViewer(viewer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // a port that nobody listens on: the datagram is lost, as on a path
    }
  }

  private void toRelay(Viewer viewer) {
    long at = System.nanoTime() + shape.delayMillis() * NANOS_A_MILLI;
    add(at, viewer.relaySide(), relay);
  }

  private void toViewer(Viewer viewer) {
    long at = viewer.link().arrival(shape, System.nanoTime(), buffer.remaining());
    if (at != SlowLink.LOST) {
      add(at, front, viewer.address());
    }
  }

  private void add(long at, DatagramChannel from, SocketAddress to) {
    byte[] datagram = new byte[buffer.remaining()];
    buffer.get(datagram);
    deliveries.add(new Delivery(at, number++, datagram, from, to));
  }

  private void deliver() throws IOException {
    while (!deliveries.isEmpty() && deliveries.element().at() - System.nanoTime() <= 0) {
      Delivery due = deliveries.remove();
      due.from().send(ByteBuffer.wrap(due.datagram()), due.to());
    }
  }

  private Viewer viewer(SocketAddress address) {
    try {
      DatagramChannel relaySide = open();
      relaySide.bind(new InetSocketAddress(relay.getAddress(), 0));
      Viewer viewer = new Viewer(address, relaySide, new SlowLink(seed + viewers.size()));
      relaySide.register(selector, SelectionKey.OP_READ, viewer);
      return viewer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    return channel;
  }
}
