package dev.sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A path between one peer and the engine that can lose datagrams, take its time or be cut. */
final class Link implements AutoCloseable {
  private static final int LARGEST = 2_048;

  private final DatagramSocket peerSide;
  private final DatagramSocket engineSide;
  private final Predicate<byte[]> loses;
  private final long delayMillis;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "link-delay"));
  private volatile SocketAddress peer;
  private volatile boolean cut;
  private volatile int lost;

  Link(InetSocketAddress engine, double loss, long seed) throws IOException {
    this(engine, atRandom(loss, seed), 0);
  }

  /**
   * @param loses which of the engine's RTP and RTCP packets are lost
   * @param delayMillis how long a datagram takes, either way
   */
  Link(InetSocketAddress engine, Predicate<byte[]> loses, long delayMillis) throws IOException {
    this.loses = loses;
    this.delayMillis = delayMillis;
    peerSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    engineSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    engineSide.connect(engine);
    peerSide.setReceiveBufferSize(4 << 20);
    engineSide.setReceiveBufferSize(4 << 20);
    start(this::toEngine, "link-to-engine");
    start(this::toPeer, "link-to-peer");
  }

  private static Predicate<byte[]> atRandom(double loss, long seed) {
    Random random = new Random(seed);
    return packet -> random.nextDouble() < loss;
  }

  /** the answer with this link in place of the engine's address */
  String reroute(String answer, InetSocketAddress engine) {
    return answer.replaceAll(
        "(candidate:\\S+ 1 udp \\d+ \\S+) " + engine.getPort(), "$1 " + peerSide.getLocalPort());
  }

  /** from now on nothing passes */
  void cut() {
    cut = true;
  }

  int lost() {
    return lost;
  }

  @Override
  public void close() {
    peerSide.close();
    engineSide.close();
    later.shutdownNow();
  }

  private static void start(Runnable pump, String name) {
    daemon(pump, name).start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void pass(DatagramSocket socket, DatagramPacket packet) {
    if (delayMillis == 0) {
      send(socket, packet);
      return;
    }
    byte[] copy = Arrays.copyOf(packet.getData(), packet.getLength());
    DatagramPacket delayed = new DatagramPacket(copy, copy.length, packet.getSocketAddress());
    later.schedule(() -> send(socket, delayed), delayMillis, TimeUnit.MILLISECONDS);
  }

  private void toEngine() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (receive(peerSide, packet)) {
      peer = packet.getSocketAddress();
      if (!cut) {
        packet.setSocketAddress(engineSide.getRemoteSocketAddress());
        pass(engineSide, packet);
      }
    }
  }

  private void toPeer() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (receive(engineSide, packet)) {
      boolean media = (packet.getData()[0] & 0xC0) == 0x80;
      if (media && loses.test(packet.getData())) {
        lost++;
      } else if (!cut && peer != null) {
        packet.setSocketAddress(peer);
        pass(peerSide, packet);
      }
    }
  }

  private static boolean receive(DatagramSocket socket, DatagramPacket packet) {
    packet.setLength(LARGEST);
    try {
      socket.receive(packet);
      return true;
    } catch (SocketException closed) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(DatagramSocket socket, DatagramPacket packet) {
    try {
      socket.send(packet);
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
